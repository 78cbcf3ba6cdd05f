package dev.thalweg.cli.picture;

import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Images;
import java.awt.image.BufferedImage;

/// A small image as it is drawn.
public final class Pixels {

  private final int height;
  private final int width;
  private final int[] colours;

  /// Takes the array as it is.
  ///
  /// @param colours of its pixels, row after row, as 0xRRGGBB
  /// @throws IllegalArgumentException if there are not as many colours as pixels
  public Pixels(int height, int width, int... colours) {
    if (colours.length != height * width) {
      throw new IllegalArgumentException(
          "pixels: expected %d, found %d".formatted(height * width, colours.length));
    }
    this.height = height;
    this.width = width;
    this.colours = colours;
  }

  /// How many rows there are.
  public int height() {
    return height;
  }

  /// How many pixels a row has.
  public int width() {
    return width;
  }

  /// The colours, row after row; a fresh array.
  public int[] colours() {
    return colours.clone();
  }

  /// One of some images. One channel is grey; of more, the first three are red, green and blue.
  public static Pixels of(Images images, int row) {
    ImageShape shape = images.shape();
    var bytes = images.pixels(row);
    var colours = new int[shape.height() * shape.width()];
    var step = shape.channels();
    for (var i = 0; i < colours.length; i++) {
      var red = level(bytes[i * step], images.white());
      var green = step < 3 ? red : level(bytes[i * step + 1], images.white());
      var blue = step < 3 ? red : level(bytes[i * step + 2], images.white());
      colours[i] = red << 16 | green << 8 | blue;
    }
    return new Pixels(shape.height(), shape.width(), colours);
  }

  private static int level(byte number, int white) {
    return Math.min(255, (number & 0xff) * 255 / white);
  }

  /// To be drawn by AWT.
  BufferedImage image() {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, colours, 0, width);
    return image;
  }
}
