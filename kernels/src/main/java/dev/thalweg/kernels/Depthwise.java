package dev.thalweg.kernels;

import java.util.Arrays;

/// Convolution of each channel by itself: a multiply-add of whole rows of pixels for each tap, in
/// the orders that [Convolution] states.
///
/// @param taps where the factors lie
record Depthwise(Taps taps) {

  /// Multiply-adds that take about a nanosecond.
  private static final double SPEED = 4;

  /// How long a row of targets takes, about.
  double nanosOfRow() {
    return (double) taps.gridWidth() * taps.channels() * taps.taps() / SPEED;
  }

  /// Target row `row`, counted through all images.
  ///
  /// @param w a number for each tap, in the order of the taps, and channel
  /// @param bias a number a channel, or nothing
  /// @param y receives the row, `step` floats from target to target
  void row(
      Kernels kernels,
      int row,
      float[] x,
      int xStart,
      float[] w,
      int wStart,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int step) {
    int n = taps.gridWidth();
    int channels = taps.channels();
    if (bias.length > 0) {
      kernels.fillRows(n, channels, bias, biasStart, y, yStart, step);
    } else {
      for (int i = 0; i < n; i++) {
        Arrays.fill(y, yStart + i * step, yStart + i * step + channels, 0);
      }
    }
    float[] zero = Room.floats(Room.COUNTS, 1);
    zero[0] = 0;
    for (int t = 0; t < taps.taps(); t++) {
      int first = first(row, t);
      int last = last(row, t);
      int factor = wStart + t * channels;
      add(kernels, first, zero, 0, 0, 0, w, factor, y, yStart, step);
      int at = xStart + source(row, first, t);
      int stride = taps.strideX() * channels;
      add(kernels, last - first, x, at, stride, 1, w, factor, y, yStart + first * step, step);
      add(kernels, n - last, zero, 0, 0, 0, w, factor, y, yStart + last * step, step);
    }
  }

  /// y(i, c) = fma(w(c), x(i, c), y(i, c)) for some targets.
  private void add(
      Kernels kernels,
      int n,
      float[] x,
      int xStart,
      int xRow,
      int xColumn,
      float[] w,
      int wStart,
      float[] y,
      int yStart,
      int step) {
    if (n > 0) {
      int channels = taps.channels();
      kernels.multiplyAdd(
          n, channels, w, wStart, 0, 1, x, xStart, xRow, xColumn, y, yStart, step, 1, y, yStart,
          step);
    }
  }

  /// Adds to each tap's and channel's sum the products of one row of targets.
  void addRow(
      Kernels kernels,
      int row,
      float[] x,
      int xStart,
      float[] dy,
      int dyStart,
      float[] sums,
      int sumsStart) {
    int channels = taps.channels();
    for (int t = 0; t < taps.taps(); t++) {
      int first = first(row, t);
      int last = last(row, t);
      if (first < last) {
        kernels.columnDots(
            last - first,
            channels,
            x,
            xStart + source(row, first, t),
            taps.strideX() * channels,
            dy,
            dyStart + first * channels,
            channels,
            sums,
            sumsStart + t * channels);
      }
    }
  }

  private int offsetX(int tap) {
    return taps.offsetX() + tap % taps.columns() * taps.dilationX();
  }

  private int sourceRow(int row, int tap) {
    return row % taps.gridHeight() * taps.strideY()
        + taps.offsetY()
        + tap / taps.columns() * taps.dilationY();
  }

  /// The first target of a row whose tap lies in the image; the row's end where none does.
  private int first(int row, int tap) {
    int sy = sourceRow(row, tap);
    return sy < 0 || sy >= taps.height()
        ? taps.gridWidth()
        : Math.clamp(Math.ceilDiv(-offsetX(tap), taps.strideX()), 0, taps.gridWidth());
  }

  /// The target after the last one whose tap lies in the image.
  private int last(int row, int tap) {
    int last = Math.floorDiv(taps.width() - 1 - offsetX(tap), taps.strideX()) + 1;
    return Math.clamp(last, first(row, tap), taps.gridWidth());
  }

  /// Where the tap's pixel begins.
  private int source(int row, int target, int tap) {
    int image = row / taps.gridHeight() * taps.image();
    int sx = target * taps.strideX() + offsetX(tap);
    return image + (sourceRow(row, tap) * taps.width() + sx) * taps.channels();
  }
}
