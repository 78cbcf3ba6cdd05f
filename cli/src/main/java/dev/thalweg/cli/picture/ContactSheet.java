package dev.thalweg.cli.picture;

import dev.thalweg.data.Images;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/// Samples of images, a line for each class.
///
/// @param title above the lines
/// @param lines the classes
public record ContactSheet(String title, List<Line> lines) implements Picture {

  /// A class.
  ///
  /// @param name of the class
  /// @param count how many images it has
  /// @param samples some of them
  public record Line(String name, int count, List<Images> samples) {

    /// Copies the list.
    public Line {
      samples = List.copyOf(samples);
    }

    private int tiles() {
      return samples.stream().mapToInt(Images::rows).sum();
    }
  }

  /// The side of a tile.
  public static final int TILE = 64;

  /// More would make a picture that no program opens.
  private static final int MOST_LINES = 200;

  private static final int GAP = 6;
  private static final int MARGIN = 24;
  private static final int NAMES = 220;
  private static final int HEAD = 56;

  /// Copies the list.
  public ContactSheet {
    lines = List.copyOf(lines);
  }

  @Override
  public BufferedImage draw() {
    var shown = Math.min(MOST_LINES, lines.size());
    var widest = lines.stream().mapToInt(Line::tiles).max().orElse(0);
    var image =
        new BufferedImage(
            2 * MARGIN + NAMES + Math.max(4, widest) * (TILE + GAP),
            HEAD + MARGIN + shown * (TILE + GAP),
            BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    try {
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      // A pixel of a small image is to be seen as one.
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      g.setColor(Style.INK);
      g.setFont(Style.font(Font.BOLD, 22));
      g.drawString(Picture.fitting(g, title, image.getWidth() - 2 * MARGIN), MARGIN, 36);
      for (var i = 0; i < shown; i++) {
        draw(g, lines.get(i), HEAD + i * (TILE + GAP));
      }
    } finally {
      g.dispose();
    }
    return image;
  }

  private static void draw(Graphics2D g, Line line, int y) {
    g.setColor(Style.INK);
    g.setFont(Style.font(Font.PLAIN, 17));
    g.drawString(Picture.fitting(g, line.name, NAMES - 10), MARGIN, y + 28);
    g.setFont(Style.font(Font.PLAIN, 14));
    g.drawString(String.format(Locale.ROOT, "%,d", line.count), MARGIN, y + 48);
    var x = MARGIN + NAMES;
    for (var samples : line.samples) {
      for (var row = 0; row < samples.rows(); row++) {
        tile(g, samples, row, x, y);
        x += TILE + GAP;
      }
    }
  }

  /// As large as it can be in its place, in its own proportions.
  private static void tile(Graphics2D g, Images images, int row, int x, int y) {
    var shape = images.shape();
    var side = Math.max(shape.height(), shape.width());
    var height = Math.max(1, TILE * shape.height() / side);
    var width = Math.max(1, TILE * shape.width() / side);
    g.drawImage(Pixels.of(images, row).image(), x, y, width, height, null);
  }
}
