package dev.thalweg.kernels;

import java.util.Arrays;

/// Pooling of images whose channels come last: the largest number, or the mean, of each window and
/// channel, and the gradients. A family of kernels, on any provider, of one geometry.
///
/// A *maximum* is found tap after tap, rows first: the first of equal numbers wins, a NaN wins over
/// all numbers, the last of several NaNs, as in PyTorch; padding never wins. A *mean* is the sum of
/// the window's numbers, tap after tap, begun at 0, divided by the number of taps, or by those that
/// lie in the image. A gradient is the sum, begun at 0, of what output pixels give back, in their
/// order.
///
/// @param window the size, steps and padding
/// @param height rows of an image
/// @param width columns of an image
/// @param channels of both input and output
public record Pooling(Window window, int height, int width, int channels) {

  /// Numbers that take about a nanosecond, a tap.
  private static final double SPEED = 4;

  /// Checks its numbers.
  ///
  /// @throws IllegalArgumentException if the window is larger than the padded image, or the padding
  ///   on a side is so large that a window has none of the image
  public Pooling {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "pooling: expected an image, found %d x %d, %d channels"
              .formatted(height, width, channels));
    }
    if (window.outputHeight(height) < 1 || window.outputWidth(width) < 1) {
      throw new IllegalArgumentException(
          "pooling: expected a window of at most %d x %d, the image with its padding, found %d x %d"
              .formatted(
                  height + window.top() + window.bottom(),
                  width + window.left() + window.right(),
                  window.spanY(),
                  window.spanX()));
    }
    if (Math.max(window.top(), window.bottom()) >= window.spanY()
        || Math.max(window.left(), window.right()) >= window.spanX()) {
      throw new IllegalArgumentException(
          "pooling: expected padding smaller than the window of %d x %d, found %d, %d, %d, %d"
              .formatted(
                  window.spanY(),
                  window.spanX(),
                  window.top(),
                  window.bottom(),
                  window.left(),
                  window.right()));
    }
  }

  /// Rows of the output.
  public int outputHeight() {
    return window.outputHeight(height);
  }

  /// Columns of the output.
  public int outputWidth() {
    return window.outputWidth(width);
  }

  /// Numbers of an input image.
  public int inputSize() {
    return height * width * channels;
  }

  /// Numbers of an output image.
  public int outputSize() {
    return outputHeight() * outputWidth() * channels;
  }

  /// y is the largest number of each window, of that many images.
  ///
  /// @param taps receives for each output number the tap that it was found at: ky · kernelWidth +
  ///   kx
  public void maximum(
      Engine engine,
      int images,
      float[] x,
      int xStart,
      float[] y,
      int yStart,
      int[] taps,
      int tapsStart) {
    int rows = images * outputHeight();
    if (engine.isShared(rows, nanosOfRow())) {
      engine.share(
          rows,
          nanosOfRow(),
          (from, to) ->
              maximumRows(engine.kernels(), from, to, x, xStart, y, yStart, taps, tapsStart));
    } else {
      maximumRows(engine.kernels(), 0, rows, x, xStart, y, yStart, taps, tapsStart);
    }
  }

  private void maximumRows(
      Kernels kernels,
      int from,
      int to,
      float[] x,
      int xStart,
      float[] y,
      int yStart,
      int[] taps,
      int tapsStart) {
    for (int row = from; row < to; row++) {
      maximumRow(
          kernels, row, x, xStart, y, yStart + row * rowSize(), taps, tapsStart + row * rowSize());
    }
  }

  private void maximumRow(
      Kernels kernels,
      int row,
      float[] x,
      int xStart,
      float[] y,
      int yStart,
      int[] taps,
      int tapsStart) {
    int oy = row % outputHeight();
    int image = xStart + row / outputHeight() * inputSize();
    int t0 = 0;
    int first = inputRow(oy, 0);
    if (first >= 0 && firstColumn(0) == 0 && lastColumn(0) == outputWidth()) {
      // all windows have their first tap: it need not be compared with anything
      kernels.copyRows(
          outputWidth(),
          channels,
          x,
          image + (first * width + inputColumn(0, 0)) * channels,
          window.strideX() * channels,
          y,
          yStart,
          channels);
      Arrays.fill(taps, tapsStart, tapsStart + rowSize(), 0);
      t0 = 1;
    } else {
      Arrays.fill(y, yStart, yStart + rowSize(), Float.NEGATIVE_INFINITY);
      firstTaps(oy, taps, tapsStart);
    }
    for (int t = t0; t < window.taps(); t++) {
      int iy = inputRow(oy, t);
      int from = firstColumn(t);
      int to = lastColumn(t);
      if (iy >= 0 && iy < height && from < to) {
        kernels.maximumRows(
            to - from,
            channels,
            x,
            image + (iy * width + inputColumn(from, t)) * channels,
            window.strideX() * channels,
            t,
            y,
            yStart + from * channels,
            channels,
            taps,
            tapsStart + from * channels);
      }
    }
  }

  /// The first tap of each output pixel that lies in the image.
  private void firstTaps(int oy, int[] taps, int tapsStart) {
    int first = oy * window.strideY() - window.top();
    int ky = first < 0 ? Math.ceilDiv(-first, window.dilationY()) : 0;
    for (int ox = 0; ox < outputWidth(); ox++) {
      int left = ox * window.strideX() - window.left();
      int kx = left < 0 ? Math.ceilDiv(-left, window.dilationX()) : 0;
      int at = tapsStart + ox * channels;
      Arrays.fill(taps, at, at + channels, ky * window.kernelWidth() + kx);
    }
  }

  /// dx, from dy and the taps that [#maximum] found, of that many images.
  public void maximumBack(
      Engine engine,
      int images,
      float[] dy,
      int dyStart,
      int[] taps,
      int tapsStart,
      float[] dx,
      int dxStart) {
    engine.share(
        images,
        (double) outputSize() * window.taps() / SPEED,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          boolean add = !hasNoOverlaps();
          if (add || !everywhere()) {
            Arrays.fill(dx, dxStart + from * inputSize(), dxStart + to * inputSize(), 0);
          }
          for (int row = from * outputHeight(); row < to * outputHeight(); row++) {
            int oy = row % outputHeight();
            int image = dxStart + row / outputHeight() * inputSize();
            for (int ky = 0; ky < window.kernelHeight(); ky++) {
              for (int kx = window.kernelWidth() - 1; kx >= 0; kx--) {
                int t = ky * window.kernelWidth() + kx;
                int iy = inputRow(oy, t);
                int first = firstColumn(t);
                int last = lastColumn(t);
                if (iy >= 0 && iy < height && first < last) {
                  int at = row * rowSize() + first * channels;
                  kernels.chosenRows(
                      last - first,
                      channels,
                      dy,
                      dyStart + at,
                      channels,
                      taps,
                      tapsStart + at,
                      t,
                      dx,
                      image + (iy * width + inputColumn(first, t)) * channels,
                      window.strideX() * channels,
                      add);
                }
              }
            }
          }
        });
  }

  /// Whether no pixel is in two windows.
  public boolean hasNoOverlaps() {
    return window.strideY() >= window.spanY() && window.strideX() >= window.spanX();
  }

  /// Whether each pixel is in a window, where they are apart.
  private boolean everywhere() {
    return window.strideY() == window.kernelHeight()
        && window.strideX() == window.kernelWidth()
        && outputHeight() * window.strideY() >= window.top() + height
        && outputWidth() * window.strideX() >= window.left() + width;
  }

  /// y is the mean of each window, of that many images.
  ///
  /// @param countPadding whether padding counts as numbers that are 0 (`count_include_pad` in
  ///   PyTorch, where it is the default; Keras does not count it); beyond the padding nothing
  ///   counts
  public void mean(
      Engine engine,
      int images,
      boolean countPadding,
      float[] x,
      int xStart,
      float[] y,
      int yStart) {
    shareRows(
        engine,
        images,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            meanRow(engine.kernels(), row, countPadding, x, xStart, y, yStart + row * rowSize());
          }
        });
  }

  private void meanRow(
      Kernels kernels,
      int row,
      boolean countPadding,
      float[] x,
      int xStart,
      float[] y,
      int yStart) {
    int oy = row % outputHeight();
    int image = xStart + row / outputHeight() * inputSize();
    Arrays.fill(y, yStart, yStart + rowSize(), 0);
    for (int t = 0; t < window.taps(); t++) {
      int iy = inputRow(oy, t);
      int from = firstColumn(t);
      int to = lastColumn(t);
      if (iy >= 0 && iy < height && from < to) {
        int at = yStart + from * channels;
        kernels.zipRows(
            BinaryFunction.ADD,
            to - from,
            channels,
            y,
            at,
            channels,
            1,
            x,
            image + (iy * width + inputColumn(from, t)) * channels,
            window.strideX() * channels,
            1,
            y,
            at,
            channels);
      }
    }
    float[] counts = counts(oy, countPadding);
    kernels.zipRows(
        BinaryFunction.DIVIDE,
        outputWidth(),
        channels,
        y,
        yStart,
        channels,
        1,
        counts,
        0,
        1,
        0,
        y,
        yStart,
        channels);
  }

  /// dx, from dy, of that many images; see [#mean].
  public void meanBack(
      Engine engine,
      int images,
      boolean countPadding,
      float[] dy,
      int dyStart,
      float[] dx,
      int dxStart) {
    engine.share(
        images,
        (double) outputSize() * window.taps() / SPEED,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          Arrays.fill(dx, dxStart + from * inputSize(), dxStart + to * inputSize(), 0);
          for (int row = from * outputHeight(); row < to * outputHeight(); row++) {
            meanRowBack(kernels, row, countPadding, dy, dyStart + row * rowSize(), dx, dxStart);
          }
        });
  }

  private void meanRowBack(
      Kernels kernels,
      int row,
      boolean countPadding,
      float[] dy,
      int dyStart,
      float[] dx,
      int dxStart) {
    int oy = row % outputHeight();
    int image = dxStart + row / outputHeight() * inputSize();
    float[] part = Room.floats(Room.PART, rowSize());
    float[] counts = counts(oy, countPadding);
    kernels.zipRows(
        BinaryFunction.DIVIDE,
        outputWidth(),
        channels,
        dy,
        dyStart,
        channels,
        1,
        counts,
        0,
        1,
        0,
        part,
        0,
        channels);
    for (int ky = 0; ky < window.kernelHeight(); ky++) {
      for (int kx = window.kernelWidth() - 1; kx >= 0; kx--) {
        int t = ky * window.kernelWidth() + kx;
        int iy = inputRow(oy, t);
        int from = firstColumn(t);
        int to = lastColumn(t);
        if (iy >= 0 && iy < height && from < to) {
          int at = image + (iy * width + inputColumn(from, t)) * channels;
          int stride = window.strideX() * channels;
          kernels.zipRows(
              BinaryFunction.ADD,
              to - from,
              channels,
              dx,
              at,
              stride,
              1,
              part,
              from * channels,
              channels,
              1,
              dx,
              at,
              stride);
        }
      }
    }
  }

  /// What the sum of each window of a row is divided by.
  private float[] counts(int oy, boolean countPadding) {
    float[] counts = Room.floats(Room.COUNTS, outputWidth());
    for (int ox = 0; ox < outputWidth(); ox++) {
      counts[ox] = count(oy, ox, countPadding);
    }
    return counts;
  }

  private int count(int oy, int ox, boolean countPadding) {
    int top = countPadding ? window.top() : 0;
    int left = countPadding ? window.left() : 0;
    int bottom = height + (countPadding ? window.bottom() : 0);
    int right = width + (countPadding ? window.right() : 0);
    int rows = 0;
    for (int ky = 0; ky < window.kernelHeight(); ky++) {
      int iy = oy * window.strideY() - window.top() + ky * window.dilationY();
      rows += iy >= -top && iy < bottom ? 1 : 0;
    }
    int columns = 0;
    for (int kx = 0; kx < window.kernelWidth(); kx++) {
      int ix = ox * window.strideX() - window.left() + kx * window.dilationX();
      columns += ix >= -left && ix < right ? 1 : 0;
    }
    return rows * columns;
  }

  private void shareRows(Engine engine, int images, RangeTask task) {
    engine.share(images * outputHeight(), nanosOfRow(), task);
  }

  private double nanosOfRow() {
    return (double) rowSize() * window.taps() / SPEED;
  }

  private int rowSize() {
    return outputWidth() * channels;
  }

  private int inputRow(int oy, int tap) {
    return oy * window.strideY() - window.top() + tap / window.kernelWidth() * window.dilationY();
  }

  private int inputColumn(int ox, int tap) {
    return ox * window.strideX() - window.left() + tap % window.kernelWidth() * window.dilationX();
  }

  /// The first output column for which the tap lies in the image.
  private int firstColumn(int tap) {
    return Math.clamp(Math.ceilDiv(-inputColumn(0, tap), window.strideX()), 0, outputWidth());
  }

  /// The column after the last output column for which the tap lies in the image.
  private int lastColumn(int tap) {
    int last = Math.floorDiv(width - 1 - inputColumn(0, tap), window.strideX());
    return Math.clamp(last + 1, 0, outputWidth());
  }

  /// See the other, in double.
  public void maximum(
      Engine engine,
      int images,
      double[] x,
      int xStart,
      double[] y,
      int yStart,
      int[] taps,
      int tapsStart) {
    shareRows(
        engine,
        images,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int at = row * rowSize();
            Arrays.fill(y, yStart + at, yStart + at + rowSize(), Double.NEGATIVE_INFINITY);
            firstTaps(row % outputHeight(), taps, tapsStart + at);
            for (int i = 0; i < rowSize() * window.taps(); i++) {
              int tap = i / rowSize();
              int o = i % rowSize();
              int from0 = input(row, o, tap);
              double v = from0 < 0 ? Double.NEGATIVE_INFINITY : x[xStart + from0];
              if (v > y[yStart + at + o] || Double.isNaN(v)) {
                y[yStart + at + o] = v;
                taps[tapsStart + at + o] = tap;
              }
            }
          }
        });
  }

  /// The index of the input number at a tap of number `o` of an output row, rows counted through
  /// all images; −1 outside.
  private int input(int row, int o, int tap) {
    int iy = inputRow(row % outputHeight(), tap);
    int ix = inputColumn(o / channels, tap);
    return iy < 0 || iy >= height || ix < 0 || ix >= width
        ? -1
        : row / outputHeight() * inputSize() + (iy * width + ix) * channels + o % channels;
  }

  /// See the other, in double.
  public void maximumBack(
      Engine engine,
      int images,
      double[] dy,
      int dyStart,
      int[] taps,
      int tapsStart,
      double[] dx,
      int dxStart) {
    Arrays.fill(dx, dxStart, dxStart + images * inputSize(), 0);
    for (int i = 0; i < images * outputSize(); i++) {
      int to = input(i / rowSize(), i % rowSize(), taps[tapsStart + i]);
      dx[dxStart + to] += dy[dyStart + i];
    }
  }

  /// See the other, in double.
  public void mean(
      Engine engine,
      int images,
      boolean countPadding,
      double[] x,
      int xStart,
      double[] y,
      int yStart) {
    shareRows(
        engine,
        images,
        (from, to) -> {
          for (int i = from * rowSize(); i < to * rowSize(); i++) {
            double sum = 0;
            for (int tap = 0; tap < window.taps(); tap++) {
              int at = input(i / rowSize(), i % rowSize(), tap);
              sum += at < 0 ? 0 : x[xStart + at];
            }
            y[yStart + i] = sum / count(i, countPadding);
          }
        });
  }

  private int count(int output, boolean countPadding) {
    int row = output / rowSize() % outputHeight();
    return count(row, output % rowSize() / channels, countPadding);
  }

  /// See the other, in double.
  public void meanBack(
      Engine engine,
      int images,
      boolean countPadding,
      double[] dy,
      int dyStart,
      double[] dx,
      int dxStart) {
    Arrays.fill(dx, dxStart, dxStart + images * inputSize(), 0);
    for (int i = 0; i < images * outputSize(); i++) {
      double part = dy[dyStart + i] / count(i, countPadding);
      for (int tap = 0; tap < window.taps(); tap++) {
        int to = input(i / rowSize(), i % rowSize(), tap);
        if (to >= 0) {
          dx[dxStart + to] += part;
        }
      }
    }
  }
}
