package dev.thalweg.kernels;

import java.util.Arrays;

/// Means over windows that divide an image of any size into so many rows and columns, channels
/// last: PyTorch's `adaptive_avg_pool2d`; of one row and column, the mean of the whole image. A
/// family of kernels, on any provider, of one geometry.
///
/// Window (y, x) has the input rows ⌊y height / outputHeight⌋ … ⌈(y + 1) height / outputHeight⌉ −
/// 1, and columns likewise; windows may overlap. The mean is the sum, begun at 0, row after row,
/// divided by the count, and a gradient the sum, begun at 0, of what output pixels give back, in
/// their order.
///
/// @param height rows of an input image
/// @param width columns of an input image
/// @param channels of both
/// @param outputHeight rows of an output image
/// @param outputWidth columns of an output image
public record AdaptivePooling(
    int height, int width, int channels, int outputHeight, int outputWidth) {

  /// Numbers that take about a nanosecond.
  private static final double SPEED = 3;

  /// Checks its numbers.
  ///
  /// @throws IllegalArgumentException for a size below 1
  public AdaptivePooling {
    if (Math.min(Math.min(height, width), channels) < 1
        || Math.min(outputHeight, outputWidth) < 1) {
      throw new IllegalArgumentException(
          "adaptive pooling: expected sizes of 1 or more, found %d x %d x %d to %d x %d"
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

  private int top(int oy) {
    return (int) ((long) oy * height / outputHeight);
  }

  private int bottom(int oy) {
    return (int) Math.ceilDiv((oy + 1L) * height, (long) outputHeight);
  }

  private int left(int ox) {
    return (int) ((long) ox * width / outputWidth);
  }

  private int right(int ox) {
    return (int) Math.ceilDiv((ox + 1L) * width, (long) outputWidth);
  }

  private int count(int oy, int ox) {
    return (bottom(oy) - top(oy)) * (right(ox) - left(ox));
  }

  /// y is the mean of each window, for that many images.
  public void mean(Engine engine, int images, float[] x, int xStart, float[] y, int yStart) {
    engine.share(
        images,
        inputSize() / SPEED,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          float[] count = Room.floats(Room.COUNTS, 1);
          Arrays.fill(y, yStart + from * outputSize(), yStart + to * outputSize(), 0);
          int at = yStart + from * outputSize();
          for (int row = from * outputHeight; row < to * outputHeight; row++) {
            int oy = row % outputHeight;
            int image = xStart + row / outputHeight * inputSize();
            for (int ox = 0; ox < outputWidth; ox++) {
              for (int iy = top(oy); iy < bottom(oy); iy++) {
                int source = image + (iy * width + left(ox)) * channels;
                kernels.columnSums(right(ox) - left(ox), channels, x, source, channels, y, at);
              }
              count[0] = count(oy, ox);
              kernels.zip(BinaryFunction.DIVIDE, y, at, 1, count, 0, 0, y, at, channels);
              at += channels;
            }
          }
        });
  }

  /// dx, from dy, for that many images.
  public void meanBack(
      Engine engine, int images, float[] dy, int dyStart, float[] dx, int dxStart) {
    engine.share(
        images,
        inputSize() / SPEED,
        (from, to) -> {
          Kernels kernels = engine.kernels();
          float[] count = Room.floats(Room.COUNTS, 1);
          float[] part = Room.floats(Room.PART, channels);
          Arrays.fill(dx, dxStart + from * inputSize(), dxStart + to * inputSize(), 0);
          int at = dyStart + from * outputSize();
          for (int row = from * outputHeight; row < to * outputHeight; row++) {
            int oy = row % outputHeight;
            int image = dxStart + row / outputHeight * inputSize();
            for (int ox = 0; ox < outputWidth; ox++) {
              count[0] = count(oy, ox);
              kernels.zip(BinaryFunction.DIVIDE, dy, at, 1, count, 0, 0, part, 0, channels);
              at += channels;
              for (int iy = top(oy); iy < bottom(oy); iy++) {
                int target = image + (iy * width + left(ox)) * channels;
                kernels.zipRows(
                    BinaryFunction.ADD,
                    right(ox) - left(ox),
                    channels,
                    dx,
                    target,
                    channels,
                    1,
                    part,
                    0,
                    0,
                    1,
                    dx,
                    target,
                    channels);
              }
            }
          }
        });
  }

  /// See the other, in double.
  public void mean(Engine engine, int images, double[] x, int xStart, double[] y, int yStart) {
    Arrays.fill(y, yStart, yStart + images * outputSize(), 0);
    windows(images, (output, input, count) -> y[yStart + output] += x[xStart + input]);
    for (int i = 0; i < images * outputSize(); i++) {
      int pixel = i % outputSize() / channels;
      y[yStart + i] /= count(pixel / outputWidth, pixel % outputWidth);
    }
  }

  /// See the other, in double.
  public void meanBack(
      Engine engine, int images, double[] dy, int dyStart, double[] dx, int dxStart) {
    Arrays.fill(dx, dxStart, dxStart + images * inputSize(), 0);
    windows(images, (output, input, count) -> dx[dxStart + input] += dy[dyStart + output] / count);
  }

  private interface Member {
    void of(int output, int input, int count);
  }

  /// All numbers of all windows, output after output.
  private void windows(int images, Member member) {
    for (int i = 0; i < images * outputSize(); i++) {
      int pixel = i % outputSize() / channels;
      int oy = pixel / outputWidth;
      int ox = pixel % outputWidth;
      int image = i / outputSize() * inputSize();
      for (int iy = top(oy); iy < bottom(oy); iy++) {
        for (int ix = left(ox); ix < right(ox); ix++) {
          int input = image + (iy * width + ix) * channels + i % channels;
          member.of(i, input, count(oy, ox));
        }
      }
    }
  }
}
