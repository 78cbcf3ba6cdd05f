package dev.thalweg.data;

/// Brings an image to another size, one axis after the other: where it shrinks, a number is the
/// mean of the area that it covers, so that nothing flickers; where it grows, it is bilinear
/// between the middles of pixels, and at the edges the nearest one.
final class Resampling {

  /// The pixels along an axis that a new one is made of, and their weights, which add up to 1.
  private static final class Taps {

    private final int first;
    private final double[] weights;

    Taps(int first, double... weights) {
      this.first = first;
      this.weights = weights;
    }
  }

  private Resampling() {}

  /// @param from of `shape`
  /// @return an image of `height × width` and as many channels
  static byte[] resized(byte[] from, ImageShape shape, int height, int width, Fit fit) {
    double rows = shape.height();
    double columns = shape.width();
    if (fit == Fit.CROP) {
      // The largest piece in which a new pixel is as high as it is wide.
      double scale = Math.min(rows / height, columns / width);
      rows = scale * height;
      columns = scale * width;
    }
    Taps[] across = taps(shape.width(), columns, width);
    Taps[] down = taps(shape.height(), rows, height);
    int channels = shape.channels();
    int line = width * channels;
    // Lines that no new row is made of are left out.
    int firstLine = down[0].first;
    Taps last = down[height - 1];
    int lines = last.first + last.weights.length - firstLine;
    var narrow = new float[Math.multiplyExact(lines, line)];
    for (int row = 0; row < lines; row++) {
      int start = shape.index(firstLine + row, 0, 0);
      for (int column = 0; column < width; column++) {
        Taps taps = across[column];
        for (int channel = 0; channel < channels; channel++) {
          double sum = 0;
          int at = start + taps.first * channels + channel;
          for (double weight : taps.weights) {
            sum += weight * (from[at] & 0xff);
            at += channels;
          }
          narrow[row * line + column * channels + channel] = (float) sum;
        }
      }
    }
    var to = new byte[height * line];
    for (int row = 0; row < height; row++) {
      Taps taps = down[row];
      for (int i = 0; i < line; i++) {
        double sum = 0;
        int at = (taps.first - firstLine) * line + i;
        for (double weight : taps.weights) {
          sum += weight * narrow[at];
          at += line;
        }
        to[row * line + i] = (byte) (int) Math.clamp(sum + 0.5, 0, 255);
      }
    }
    return to;
  }

  /// @param size pixels that there are
  /// @param covered how many of them, from the middle, the new ones cover together
  /// @param count new pixels
  private static Taps[] taps(int size, double covered, int count) {
    double start = (size - covered) / 2;
    double scale = covered / count;
    var taps = new Taps[count];
    for (int i = 0; i < count; i++) {
      taps[i] =
          scale >= 1
              ? mean(size, start + i * scale, start + (i + 1) * scale)
              : between(size, start + (i + 0.5) * scale - 0.5);
    }
    return taps;
  }

  /// The mean of the pixels from `low` to `high`, of those at the ends the part that is within.
  private static Taps mean(int size, double low, double high) {
    int first = Math.clamp((long) Math.floor(low), 0, size - 1);
    int last = Math.clamp((long) Math.ceil(high) - 1, first, size - 1);
    var weights = new double[last - first + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.max(0, Math.min(high, first + i + 1) - Math.max(low, first + i));
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return new Taps(first, weights);
  }

  private static Taps between(int size, double place) {
    double inside = Math.clamp(place, 0, size - 1);
    int first = (int) inside;
    double part = inside - first;
    return part == 0 ? new Taps(first, 1) : new Taps(first, 1 - part, part);
  }

  /// Turns and mirrors an image as [Exif] says it is to be seen.
  ///
  /// @param shape of the image in the file
  static byte[] upright(byte[] from, ImageShape shape, int orientation) {
    if (orientation == 1) {
      return from;
    }
    int height = orientation >= 5 ? shape.width() : shape.height();
    int width = orientation >= 5 ? shape.height() : shape.width();
    var to = new byte[from.length];
    for (int row = 0, i = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int sourceRow =
            switch (orientation) {
              case 2 -> row;
              case 3, 4 -> height - 1 - row;
              case 5, 8 -> column;
              default -> width - 1 - column; // 6, 7
            };
        int sourceColumn =
            switch (orientation) {
              case 2, 3 -> width - 1 - column;
              case 4 -> column;
              case 5, 6 -> row;
              default -> height - 1 - row; // 7, 8
            };
        int at = shape.index(sourceRow, sourceColumn, 0);
        for (int channel = 0; channel < shape.channels(); channel++) {
          to[i++] = from[at + channel];
        }
      }
    }
    return to;
  }
}
