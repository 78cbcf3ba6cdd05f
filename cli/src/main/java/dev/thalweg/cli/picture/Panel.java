package dev.thalweg.cli.picture;

import java.awt.Graphics2D;

/// A part of a picture; a chart of XChart is one.
interface Panel {

  /// Draws itself from the upper left corner on.
  void paint(Graphics2D g, int width, int height);
}
