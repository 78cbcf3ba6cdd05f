package dev.thalweg.kernels;

import java.util.Arrays;

/// Enlarging of images whose channels come last, to any size, by the nearest pixel or bilinearly,
/// and the gradients. A family of kernels, on any provider, of one geometry.
///
/// *Nearest*: output pixel (y, x) is input pixel (⌊y height / outputHeight⌋, ⌊x width /
/// outputWidth⌋). *Bilinear*: it is what lies at s = max(0, (y + ½) height / outputHeight − ½)
/// down, and likewise across, between the rows ⌊s⌋ and ⌊s⌋ + 1 (the last row at most): PyTorch's
/// `interpolate` with `align_corners=False`, and Keras' `UpSampling2D`. Rows are mixed first, λ b +
/// (1 − λ) a with one fused multiply-add, then columns. Gradients are sums, begun at 0, in the
/// order of the output pixels.
///
/// @param height rows of an input image
/// @param width columns of an input image
/// @param channels of both
/// @param outputHeight rows of an output image
/// @param outputWidth columns of an output image
public record Upsampling(int height, int width, int channels, int outputHeight, int outputWidth) {

  /// Numbers that take about a nanosecond.
  private static final double SPEED = 1;

  /// Checks its numbers.
  ///
  /// @throws IllegalArgumentException for a size below 1
  public Upsampling {
    if (Math.min(Math.min(height, width), channels) < 1
        || Math.min(outputHeight, outputWidth) < 1) {
      throw new IllegalArgumentException(
          "upsampling: expected sizes of 1 or more, found %d x %d x %d to %d x %d"
              .formatted(height, width, channels, outputHeight, outputWidth));
    }
  }

  /// Numbers of an input image.
  public int inputSize() {
    return height * width * channels;
  }

  /// Numbers of an output image.
  public int outputSize() {
    return outputHeight * outputWidth * channels;
  }

  private static int nearest(int output, int outputs, int inputs) {
    return (int) ((long) output * inputs / outputs);
  }

  /// Where an output row or column lies among those of the input.
  private static double place(int output, int outputs, int inputs) {
    return Math.max(0, (output + 0.5) * inputs / outputs - 0.5);
  }

  /// The share of the second of the two that it lies between.
  private static double share(int output, int outputs, int inputs) {
    double place = place(output, outputs, inputs);
    return place - (int) place;
  }

  private static int first(int output, int outputs, int inputs) {
    return Math.min((int) place(output, outputs, inputs), inputs - 1);
  }

  private static int second(int output, int outputs, int inputs) {
    return Math.min(first(output, outputs, inputs) + 1, inputs - 1);
  }

  /// y is x enlarged by the nearest pixels, for that many images.
  public void nearest(Engine engine, int images, float[] x, int xStart, float[] y, int yStart) {
    engine.share(
        images * outputHeight,
        outputWidth * channels / SPEED,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int source = xStart + nearestRow(row);
            for (int ox = 0; ox < outputWidth; ox++) {
              System.arraycopy(
                  x,
                  source + nearest(ox, outputWidth, width) * channels,
                  y,
                  yStart + (row * outputWidth + ox) * channels,
                  channels);
            }
          }
        });
  }

  /// Where the input row begins that an output row is a copy of.
  private int nearestRow(int row) {
    int iy = nearest(row % outputHeight, outputHeight, height);
    return (row / outputHeight * height + iy) * width * channels;
  }

  /// dx, from dy, for that many images; see [#nearest].
  public void nearestBack(
      Engine engine, int images, float[] dy, int dyStart, float[] dx, int dxStart) {
    engine.share(
        images,
        outputSize() / SPEED,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          Arrays.fill(dx, dxStart + from * inputSize(), dxStart + to * inputSize(), 0);
          for (int row = from * outputHeight; row < to * outputHeight; row++) {
            for (int ox = 0; ox < outputWidth; ox++) {
              int at = dxStart + nearestRow(row) + nearest(ox, outputWidth, width) * channels;
              int g = dyStart + (row * outputWidth + ox) * channels;
              kernels.zip(BinaryFunction.ADD, dx, at, 1, dy, g, 1, dx, at, channels);
            }
          }
        });
  }

  /// y is x enlarged bilinearly, for that many images.
  public void bilinear(Engine engine, int images, float[] x, int xStart, float[] y, int yStart) {
    engine.share(
        images * outputHeight,
        2.0 * outputWidth * channels / SPEED,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          int n = width * channels;
          float[] line = Room.floats(Room.PART, n);
          float[] shares = shares();
          for (int row = from; row < to; row++) {
            int oy = row % outputHeight;
            int image = xStart + row / outputHeight * inputSize();
            float down = (float) share(oy, outputHeight, height);
            shares[2 * outputWidth] = 1 - down;
            shares[2 * outputWidth + 1] = down;
            mix(
                kernels,
                n,
                shares,
                2 * outputWidth,
                x,
                image + first(oy, outputHeight, height) * n,
                x,
                image + second(oy, outputHeight, height) * n,
                line,
                0);
            for (int ox = 0; ox < outputWidth; ox++) {
              mix(
                  kernels,
                  channels,
                  shares,
                  2 * ox,
                  line,
                  first(ox, outputWidth, width) * channels,
                  line,
                  second(ox, outputWidth, width) * channels,
                  y,
                  yStart + (row * outputWidth + ox) * channels);
            }
          }
        });
  }

  /// The shares of both columns for each output column, and room for those of the rows.
  private float[] shares() {
    float[] shares = Room.floats(Room.COUNTS, 2 * outputWidth + 2);
    for (int ox = 0; ox < outputWidth; ox++) {
      float across = (float) share(ox, outputWidth, width);
      shares[2 * ox] = 1 - across;
      shares[2 * ox + 1] = across;
    }
    return shares;
  }

  /// y = shares(1) b + shares(0) a
  private static void mix(
      Kernels kernels,
      int n,
      float[] shares,
      int at,
      float[] a,
      int aStart,
      float[] b,
      int bStart,
      float[] y,
      int yStart) {
    kernels.zip(BinaryFunction.MULTIPLY, a, aStart, 1, shares, at, 0, y, yStart, n);
    add(kernels, n, shares, at + 1, b, bStart, y, yStart);
  }

  /// y = shares(at) x + y
  private static void add(
      Kernels kernels,
      int n,
      float[] shares,
      int at,
      float[] x,
      int xStart,
      float[] y,
      int yStart) {
    kernels.multiplyAdd(1, n, x, xStart, n, 1, shares, at, 0, 0, y, yStart, n, 1, y, yStart, n);
  }

  /// dx, from dy, for that many images; see [#bilinear].
  public void bilinearBack(
      Engine engine, int images, float[] dy, int dyStart, float[] dx, int dxStart) {
    engine.share(
        images,
        3.0 * outputSize() / SPEED,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          Arrays.fill(dx, dxStart + from * inputSize(), dxStart + to * inputSize(), 0);
          int n = width * channels;
          float[] line = Room.floats(Room.PART, n);
          float[] shares = shares();
          for (int row = from * outputHeight; row < to * outputHeight; row++) {
            Arrays.fill(line, 0, n, 0);
            for (int ox = 0; ox < outputWidth; ox++) {
              int g = dyStart + (row * outputWidth + ox) * channels;
              int left = first(ox, outputWidth, width) * channels;
              int right = second(ox, outputWidth, width) * channels;
              add(kernels, channels, shares, 2 * ox, dy, g, line, left);
              add(kernels, channels, shares, 2 * ox + 1, dy, g, line, right);
            }
            int oy = row % outputHeight;
            int image = dxStart + row / outputHeight * inputSize();
            float down = (float) share(oy, outputHeight, height);
            int at = 2 * outputWidth;
            shares[at] = 1 - down;
            shares[at + 1] = down;
            int above = image + first(oy, outputHeight, height) * n;
            int below = image + second(oy, outputHeight, height) * n;
            add(kernels, n, shares, at, line, 0, dx, above);
            add(kernels, n, shares, at + 1, line, 0, dx, below);
          }
        });
  }

  /// See the other, in double.
  public void nearest(Engine engine, int images, double[] x, int xStart, double[] y, int yStart) {
    engine.share(
        images * outputHeight,
        outputWidth * channels / SPEED,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int source = xStart + nearestRow(row);
            for (int ox = 0; ox < outputWidth; ox++) {
              System.arraycopy(
                  x,
                  source + nearest(ox, outputWidth, width) * channels,
                  y,
                  yStart + (row * outputWidth + ox) * channels,
                  channels);
            }
          }
        });
  }

  /// See the other, in double.
  public void nearestBack(
      Engine engine, int images, double[] dy, int dyStart, double[] dx, int dxStart) {
    Arrays.fill(dx, dxStart, dxStart + images * inputSize(), 0);
    for (int row = 0; row < images * outputHeight; row++) {
      for (int ox = 0; ox < outputWidth; ox++) {
        int at = dxStart + nearestRow(row) + nearest(ox, outputWidth, width) * channels;
        int g = dyStart + (row * outputWidth + ox) * channels;
        DoubleKernels.zip(BinaryFunction.ADD, dx, at, 1, dy, g, 1, dx, at, channels);
      }
    }
  }

  /// See the other, in double.
  public void bilinear(Engine engine, int images, double[] x, int xStart, double[] y, int yStart) {
    for (int i = 0; i < images * outputSize(); i++) {
      int image = xStart + i / outputSize() * inputSize();
      int oy = i % outputSize() / (outputWidth * channels);
      int ox = i / channels % outputWidth;
      double down = share(oy, outputHeight, height);
      double across = share(ox, outputWidth, width);
      int above = image + first(oy, outputHeight, height) * width * channels + i % channels;
      int below = image + second(oy, outputHeight, height) * width * channels + i % channels;
      int left = first(ox, outputWidth, width) * channels;
      int right = second(ox, outputWidth, width) * channels;
      double a = Math.fma(down, x[below + left], (1 - down) * x[above + left]);
      double b = Math.fma(down, x[below + right], (1 - down) * x[above + right]);
      y[yStart + i] = Math.fma(across, b, (1 - across) * a);
    }
  }

  /// See the other, in double.
  public void bilinearBack(
      Engine engine, int images, double[] dy, int dyStart, double[] dx, int dxStart) {
    Arrays.fill(dx, dxStart, dxStart + images * inputSize(), 0);
    for (int i = 0; i < images * outputSize(); i++) {
      int image = dxStart + i / outputSize() * inputSize();
      int oy = i % outputSize() / (outputWidth * channels);
      int ox = i / channels % outputWidth;
      double down = share(oy, outputHeight, height);
      double across = share(ox, outputWidth, width);
      int above = image + first(oy, outputHeight, height) * width * channels + i % channels;
      int below = image + second(oy, outputHeight, height) * width * channels + i % channels;
      int left = first(ox, outputWidth, width) * channels;
      int right = second(ox, outputWidth, width) * channels;
      double g = dy[dyStart + i];
      dx[above + left] += (1 - down) * (1 - across) * g;
      dx[above + right] += (1 - down) * across * g;
      dx[below + left] += down * (1 - across) * g;
      dx[below + right] += down * across * g;
    }
  }
}
