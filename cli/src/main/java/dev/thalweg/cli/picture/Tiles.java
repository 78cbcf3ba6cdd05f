package dev.thalweg.cli.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/// Small images side by side, each with a text under it and frames on it, below a title.
///
/// @param title above them
/// @param side of an image on the picture
/// @param tiles the images
public record Tiles(String title, int side, List<Tile> tiles) implements Panel, Picture {

  /// An image.
  ///
  /// @param pixels as large as they are
  /// @param frames on it
  /// @param lines under it
  public record Tile(Pixels pixels, List<Frame> frames, List<Line> lines) {

    /// Copies the lists.
    public Tile {
      frames = List.copyOf(frames);
      lines = List.copyOf(lines);
    }
  }

  /// A line of text.
  ///
  /// @param text as it is written, cut to what there is room for
  /// @param wrong whether it is what was not right
  public record Line(String text, boolean wrong) {}

  /// A rectangle on an image, in its pixels.
  ///
  /// @param left from the left edge
  /// @param top from the upper edge
  /// @param right from the left edge
  /// @param bottom from the upper edge
  /// @param kind what it says
  /// @param text above it; none if empty
  public record Frame(
      double left, double top, double right, double bottom, Kind kind, String text) {}

  /// What a frame says, by which it is coloured.
  public enum Kind {
    /// What is true.
    TRUTH(Style.TEST.brighter(), true),
    /// What was predicted, and is right.
    RIGHT(new Color(0x56, 0xB4, 0xE9), false),
    /// What was predicted, and is wrong.
    WRONG(Style.VALIDATION.brighter(), false);

    private final Color color;
    private final boolean dashed;

    Kind(Color color, boolean dashed) {
      this.color = color;
      this.dashed = dashed;
    }

    private BasicStroke stroke() {
      return dashed ? Style.DASHED : Style.SOLID;
    }
  }

  /// So that text can be read on what is light.
  private static final Color BEHIND = new Color(0, 0, 0, 150);

  /// Of a picture with nothing else on it.
  private static final int WIDTH = 1600;

  private static final int GAP = 12;
  private static final int LINE = 19;
  private static final int HEAD = 48;
  private static final int MARGIN = 28;

  /// Copies the list.
  public Tiles {
    tiles = List.copyOf(tiles);
  }

  private int columns(int width) {
    return Math.max(1, (width - 2 * MARGIN + GAP) / (side + GAP));
  }

  private int rowHeight() {
    var lines = tiles.stream().mapToInt(tile -> tile.lines.size()).max().orElse(0);
    return side + lines * LINE + GAP + (lines > 0 ? 8 : 0);
  }

  /// How high it is where it is so wide.
  int height(int width) {
    return HEAD + Math.ceilDiv(tiles.size(), columns(width)) * rowHeight() + GAP;
  }

  @Override
  public BufferedImage draw() {
    var image = new BufferedImage(WIDTH, height(WIDTH), BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      paint(g, image.getWidth(), image.getHeight());
    } finally {
      g.dispose();
    }
    return image;
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    // A pixel of a small image is to be seen as one.
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    g.setColor(Style.INK);
    g.setFont(Style.font(Font.BOLD, 19));
    g.drawString(Picture.fitting(g, title, width - 2 * MARGIN), MARGIN, 30);
    var columns = columns(width);
    for (var i = 0; i < tiles.size(); i++) {
      draw(g, tiles.get(i), MARGIN + i % columns * (side + GAP), HEAD + i / columns * rowHeight());
    }
  }

  private void draw(Graphics2D g, Tile tile, int x, int y) {
    var pixels = tile.pixels;
    var scale = (double) side / Math.max(pixels.height(), pixels.width());
    var width = (int) Math.max(1, Math.round(scale * pixels.width()));
    var height = (int) Math.max(1, Math.round(scale * pixels.height()));
    g.drawImage(pixels.image(), x, y, width, height, null);
    for (var frame : tile.frames) {
      g.setColor(frame.kind.color);
      g.setStroke(frame.kind.stroke());
      g.draw(
          new Rectangle2D.Double(
              x + frame.left * scale,
              y + frame.top * scale,
              (frame.right - frame.left) * scale,
              (frame.bottom - frame.top) * scale));
      label(g, frame, x + frame.left * scale, y + frame.top * scale, x + width, y);
    }
    g.setFont(Style.font(Font.PLAIN, 15));
    var base = y + height + LINE;
    for (var line : tile.lines) {
      g.setColor(line.wrong ? Style.VALIDATION : Style.INK);
      g.drawString(Picture.fitting(g, line.text, side + GAP - 4), x, base);
      base += LINE;
    }
  }

  /// Above its frame, or in it where there is no room above.
  private static void label(
      Graphics2D g, Frame frame, double left, double top, double end, double above) {
    if (frame.text.isEmpty()) {
      return;
    }
    g.setFont(Style.font(Font.BOLD, 14));
    var length = g.getFontMetrics().stringWidth(frame.text);
    var base = top - 5 < above + 12 ? top + 15 : top - 5;
    var x = Math.min(left, end - length);
    g.setColor(BEHIND);
    g.fill(new Rectangle2D.Double(x, base - 13, length, 16));
    g.setColor(frame.kind.color);
    g.drawString(frame.text, (float) x, (float) base);
  }
}
