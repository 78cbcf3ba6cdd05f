package dev.thalweg.data;

import java.util.Arrays;

/// Changes of the bytes of an image, each from one array into another. What comes from outside is
/// black, 0; a number that is none of the image's own is rounded to the nearest byte.
final class PixelChanges {

  private PixelChanges() {}

  /// Left to right.
  static void flip(ImageShape shape, byte[] from, byte[] to) {
    int channels = shape.channels();
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        System.arraycopy(
            from,
            shape.index(row, shape.width() - 1 - column, 0),
            to,
            shape.index(row, column, 0),
            channels);
      }
    }
  }

  /// Top to bottom.
  static void flipVertical(ImageShape shape, byte[] from, byte[] to) {
    int width = shape.width() * shape.channels();
    for (int row = 0; row < shape.height(); row++) {
      System.arraycopy(from, (shape.height() - 1 - row) * width, to, row * width, width);
    }
  }

  /// Down by so many rows and right by so many columns.
  static void move(ImageShape shape, byte[] from, byte[] to, int down, int right) {
    Arrays.fill(to, (byte) 0);
    int first = Math.max(0, right);
    int count = shape.width() - Math.abs(right);
    for (int row = Math.max(0, down);
        row < Math.min(shape.height(), shape.height() + down) && count > 0;
        row++) {
      System.arraycopy(
          from,
          shape.index(row - down, first - right, 0),
          to,
          shape.index(row, first, 0),
          count * shape.channels());
    }
  }

  /// Down and right by parts of pixels.
  static void shift(ImageShape shape, byte[] from, byte[] to, double down, double right) {
    for (int row = 0, i = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          to[i++] = bilinear(shape, from, row - down, column - right, channel);
        }
      }
    }
  }

  /// Counter-clockwise around the centre.
  static void rotate(ImageShape shape, byte[] from, byte[] to, double degrees) {
    double sine = StrictMath.sin(StrictMath.toRadians(degrees));
    double cosine = StrictMath.cos(StrictMath.toRadians(degrees));
    double middleRow = (shape.height() - 1) / 2.0;
    double middleColumn = (shape.width() - 1) / 2.0;
    for (int row = 0, i = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        double y = row - middleRow;
        double x = column - middleColumn;
        double sourceRow = middleRow + sine * x + cosine * y;
        double sourceColumn = middleColumn + cosine * x - sine * y;
        for (int channel = 0; channel < shape.channels(); channel++) {
          to[i++] = bilinear(shape, from, sourceRow, sourceColumn, channel);
        }
      }
    }
  }

  private static byte bilinear(
      ImageShape shape, byte[] from, double row, double column, int channel) {
    int top = (int) Math.floor(row);
    int left = (int) Math.floor(column);
    double down = row - top;
    double right = column - left;
    double above =
        (1 - right) * at(shape, from, top, left, channel)
            + right * at(shape, from, top, left + 1, channel);
    double below =
        (1 - right) * at(shape, from, top + 1, left, channel)
            + right * at(shape, from, top + 1, left + 1, channel);
    return (byte) (int) ((1 - down) * above + down * below + 0.5);
  }

  private static int at(ImageShape shape, byte[] from, int row, int column, int channel) {
    return row < 0 || row >= shape.height() || column < 0 || column >= shape.width()
        ? 0
        : from[shape.index(row, column, channel)] & 0xff;
  }

  /// All numbers times a factor, white at most.
  static void brightness(ImageShape shape, byte[] from, byte[] to, double factor, int white) {
    for (int i = 0, n = shape.size(); i < n; i++) {
      to[i] = (byte) (int) Math.min(white, (from[i] & 0xff) * factor + 0.5);
    }
  }

  /// A rectangle of another image, or black where there is none; the rest stays.
  static void paste(ImageShape shape, byte[] from, byte[] to, Mixture.Box box) {
    for (int row = box.top(); row < box.bottom(); row++) {
      int first = shape.index(row, box.left(), 0);
      System.arraycopy(from, first, to, first, (box.right() - box.left()) * shape.channels());
    }
  }

  /// A black rectangle; the rest stays.
  static void blacken(ImageShape shape, byte[] image, Mixture.Box box) {
    for (int row = box.top(); row < box.bottom(); row++) {
      Arrays.fill(
          image, shape.index(row, box.left(), 0), shape.index(row, box.right(), 0), (byte) 0);
    }
  }
}
