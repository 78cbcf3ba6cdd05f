package dev.thalweg.kernels;

/// How a kernel moves over an image: its size, its steps, the distance of its taps, and the zeros
/// around the image.
///
/// The output has ⌊(height + top + bottom − dilationY (kernelHeight − 1) − 1) / strideY⌋ + 1 rows,
/// and columns likewise, as in PyTorch and Keras. Tap (ky, kx) of output pixel (oy, ox) is input
/// pixel (oy strideY − top + ky dilationY, ox strideX − left + kx dilationX). A series is an image
/// of height 1.
///
/// @param kernelHeight taps down
/// @param kernelWidth taps across
/// @param strideY rows of the input from output row to output row
/// @param strideX columns of the input from output column to output column
/// @param dilationY rows from tap to tap
/// @param dilationX columns from tap to tap
/// @param top rows of padding above
/// @param bottom rows of padding below
/// @param left columns of padding before
/// @param right columns of padding behind
public record Window(
    int kernelHeight,
    int kernelWidth,
    int strideY,
    int strideX,
    int dilationY,
    int dilationX,
    int top,
    int bottom,
    int left,
    int right) {

  /// Checks its numbers.
  ///
  /// @throws IllegalArgumentException for a size, stride or dilation below 1, or a negative padding
  public Window {
    atLeast(1, "kernel", kernelHeight, kernelWidth);
    atLeast(1, "stride", strideY, strideX);
    atLeast(1, "dilation", dilationY, dilationX);
    atLeast(0, "padding", top, bottom);
    atLeast(0, "padding", left, right);
  }

  private static void atLeast(int least, String what, int y, int x) {
    if (y < least || x < least) {
      throw new IllegalArgumentException(
          what + ": expected " + least + " or more, found " + y + " and " + x);
    }
  }

  /// A kernel of that size, stride 1, dilation 1, without padding.
  public static Window of(int kernelHeight, int kernelWidth) {
    return new Window(kernelHeight, kernelWidth, 1, 1, 1, 1, 0, 0, 0, 0);
  }

  /// This with another stride.
  public Window withStride(int y, int x) {
    return new Window(
        kernelHeight, kernelWidth, y, x, dilationY, dilationX, top, bottom, left, right);
  }

  /// This with another dilation.
  public Window withDilation(int y, int x) {
    return new Window(kernelHeight, kernelWidth, strideY, strideX, y, x, top, bottom, left, right);
  }

  /// This with the same padding above and below, and the same before and behind.
  public Window withPadding(int y, int x) {
    return withPadding(y, y, x, x);
  }

  /// This with another padding on each side.
  public Window withPadding(int top, int bottom, int left, int right) {
    return new Window(
        kernelHeight,
        kernelWidth,
        strideY,
        strideX,
        dilationY,
        dilationX,
        top,
        bottom,
        left,
        right);
  }

  /// This with the padding that Keras and TensorFlow call `same`: the output has ⌈height / strideY⌉
  /// rows and ⌈width / strideX⌉ columns, and an odd row or column of padding comes below or behind.
  public Window withSamePadding(int height, int width) {
    int y = same(height, spanY(), strideY);
    int x = same(width, spanX(), strideX);
    return withPadding(y / 2, y - y / 2, x / 2, x - x / 2);
  }

  private static int same(int size, int span, int stride) {
    int steps = Math.ceilDiv(size, stride) - 1;
    return Math.max(0, steps * stride + span - size);
  }

  /// Rows from the first tap to the last, both included.
  public int spanY() {
    return dilationY * (kernelHeight - 1) + 1;
  }

  /// Columns from the first tap to the last, both included.
  public int spanX() {
    return dilationX * (kernelWidth - 1) + 1;
  }

  /// Rows of the output for an input of that height; 0 or fewer where the kernel does not fit.
  public int outputHeight(int height) {
    return Math.floorDiv(height + top + bottom - spanY(), strideY) + 1;
  }

  /// Columns of the output for an input of that width; 0 or fewer where the kernel does not fit.
  public int outputWidth(int width) {
    return Math.floorDiv(width + left + right - spanX(), strideX) + 1;
  }

  /// kernelHeight · kernelWidth
  public int taps() {
    return kernelHeight * kernelWidth;
  }
}
