package dev.thalweg.tensor;

import dev.thalweg.kernels.AdaptivePooling;
import dev.thalweg.kernels.Convolution;
import dev.thalweg.kernels.Pooling;
import dev.thalweg.kernels.Upsampling;
import dev.thalweg.kernels.Window;

/// Operations on images: tensors of `[images, height, width, channels]`, channels last. A series is
/// an image of height 1.
///
/// A [Window] says the size of the kernel, its stride, dilation and padding. All operations are
/// there in F32 and F64, and their gradients have gradients.
public final class Spatial {

  private Spatial() {}

  // ---- convolution

  /// Convolution (cross-correlation, as all libraries for learning have it):
  ///
  /// y(i, oy, ox, f) = Σ x(i, oy strideY − top + ky dilationY, ox strideX − left + kx dilationX, c)
  /// w(ky, kx, c, f), sums over ky, kx, c; x is 0 in the padding.
  ///
  /// With groups, filters from g · filters / groups on see the channels from g · channels / groups
  /// on only. With as many groups as channels the convolution is depthwise.
  ///
  /// @param x images
  /// @param weights `[kernelHeight, kernelWidth, channels / groups, filters]`, as Keras has them
  /// @return `[images, outputHeight, outputWidth, filters]`
  /// @throws IllegalArgumentException if shapes do not fit together, the kernel is larger than the
  ///   padded image, or groups do not divide channels and filters
  public static Tensor conv2d(Tensor x, Tensor weights, Window window, int groups) {
    Convolution geometry = Convolving.geometry("conv2d", x, weights, window, groups);
    return Convolving.forward(geometry, x, weights);
  }

  /// The same, and a number added for each filter: where the sums begin.
  ///
  /// @param bias a vector, a number a filter
  public static Tensor conv2d(Tensor x, Tensor weights, Tensor bias, Window window, int groups) {
    Convolution geometry = Convolving.geometry("conv2d", x, weights, window, groups);
    if (!bias.shape().equals(Shape.of(geometry.filters()))) {
      throw new IllegalArgumentException(
          "conv2d: expected a bias of ["
              + geometry.filters()
              + "], a number for each filter, found "
              + bias.shape());
    }
    return Convolving.forward(geometry, x, weights, bias);
  }

  /// Transposed convolution: the gradient of [#conv2d] by its input. Each number of x adds the
  /// kernel, times that number, to the output where the convolution would have read.
  ///
  /// @param x images whose channels are the filters of the convolution
  /// @param weights `[kernelHeight, kernelWidth, outputChannels / groups, channels]`, as Keras has
  ///   them
  /// @param window of the convolution that it is the gradient of
  /// @param height rows of the output: one of those for which the convolution has x's rows
  /// @param width columns of the output
  /// @throws IllegalArgumentException if shapes do not fit together, or a convolution of images of
  ///   that height and width does not have x's
  public static Tensor convTranspose2d(
      Tensor x, Tensor weights, Window window, int groups, int height, int width) {
    return Convolving.transposed(x, weights, window, groups, height, width);
  }

  // ---- pooling

  /// The largest number of each window, channel by channel. Padding never wins; of equal numbers
  /// the first gets the gradient; a NaN is larger than all numbers.
  ///
  /// @return `[images, outputHeight, outputWidth, channels]`
  /// @throws IllegalArgumentException if x is no images, or the window larger than the padded image
  public static Tensor maxPool(Tensor x, Window window) {
    return Pooled.maximum(pooling("maxPool", x, window), x);
  }

  /// The mean of each window, channel by channel.
  ///
  /// @param countPadding whether padding counts as zeros, as in PyTorch unless told otherwise;
  ///   Keras does not count it
  /// @return `[images, outputHeight, outputWidth, channels]`
  /// @throws IllegalArgumentException if x is no images, or the window larger than the padded image
  public static Tensor avgPool(Tensor x, Window window, boolean countPadding) {
    return Resampled.mean(pooling("avgPool", x, window), countPadding, x);
  }

  /// The mean of windows that divide the image into so many rows and columns, channel by channel,
  /// as PyTorch's `adaptive_avg_pool2d` divides it; of 1 and 1, the mean of the whole image.
  ///
  /// @return `[images, height, width, channels]`
  /// @throws IllegalArgumentException if x is no images, or a size is below 1
  public static Tensor adaptiveAvgPool(Tensor x, int height, int width) {
    checkImages("adaptiveAvgPool", x);
    Shape s = x.shape();
    return Resampled.adaptiveMean(
        new AdaptivePooling(s.dimension(1), s.dimension(2), s.dimension(3), height, width), x);
  }

  /// The largest numbers of parts that divide an image of any size into so many rows and columns,
  /// as [#adaptiveAvgPool] does; PyTorch's `adaptive_max_pool2d`.
  ///
  /// @return `[images, rows, columns, channels]`
  /// @throws IllegalArgumentException if x is no images, or a number less than 1
  public static Tensor adaptiveMaxPool(Tensor x, int rows, int columns) {
    checkImages("adaptiveMaxPool", x);
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "adaptiveMaxPool: expected an output of 1 x 1 or more, found %d x %d"
              .formatted(rows, columns));
    }
    int height = x.shape().dimension(1);
    int width = x.shape().dimension(2);
    if (height % rows == 0 && width % columns == 0) {
      int h = height / rows;
      int w = width / columns;
      return maxPool(x, Window.of(h, w).withStride(h, w));
    }
    Tensor[] bands = new Tensor[rows];
    for (int i = 0; i < rows; i++) {
      Tensor band = part(x, 1, i, rows);
      Tensor[] parts = new Tensor[columns];
      for (int j = 0; j < columns; j++) {
        Tensor part = part(band, 2, j, columns);
        parts[j] = maxPool(part, Window.of(part.shape().dimension(1), part.shape().dimension(2)));
      }
      bands[i] = Tensor.concat(2, parts);
    }
    return Tensor.concat(1, bands);
  }

  private static Tensor part(Tensor x, int axis, int i, int parts) {
    long size = x.shape().dimension(axis);
    return x.slice(axis, (int) (i * size / parts), (int) Math.ceilDiv((i + 1) * size, parts));
  }

  /// The mean of all pixels, channel by channel.
  ///
  /// @return `[images, channels]`
  /// @throws IllegalArgumentException if x is no images
  public static Tensor globalAvgPool(Tensor x) {
    return withoutSize(adaptiveAvgPool(x, 1, 1));
  }

  /// The largest number of all pixels, channel by channel.
  ///
  /// @return `[images, channels]`
  /// @throws IllegalArgumentException if x is no images
  public static Tensor globalMaxPool(Tensor x) {
    checkImages("globalMaxPool", x);
    return withoutSize(maxPool(x, Window.of(x.shape().dimension(1), x.shape().dimension(2))));
  }

  private static Tensor withoutSize(Tensor x) {
    return x.reshape(x.shape().dimension(0), x.shape().dimension(3));
  }

  // ---- upsampling

  /// Images of another size: each pixel is the nearest one, input pixel (⌊y h / height⌋, ⌊x w /
  /// width⌋).
  ///
  /// @throws IllegalArgumentException if x is no images, or a size is below 1
  public static Tensor upsampleNearest(Tensor x, int height, int width) {
    return Resampled.nearest(upsampling("upsampleNearest", x, height, width), x);
  }

  /// Images of another size: each pixel is what lies between the four around it, pixels being
  /// squares whose middles are compared: PyTorch's `interpolate(mode="bilinear")` with
  /// `align_corners=False`, and Keras' `UpSampling2D(interpolation="bilinear")`.
  ///
  /// @throws IllegalArgumentException if x is no images, or a size is below 1
  public static Tensor upsampleBilinear(Tensor x, int height, int width) {
    return Resampled.bilinear(upsampling("upsampleBilinear", x, height, width), x);
  }

  private static Upsampling upsampling(String name, Tensor x, int height, int width) {
    checkImages(name, x);
    Shape s = x.shape();
    return new Upsampling(s.dimension(1), s.dimension(2), s.dimension(3), height, width);
  }

  // ---- borders

  /// Images with so many rows and columns of one value around them; negative numbers take away.
  ///
  /// @throws IllegalArgumentException if x is no images, or more is taken away than there is
  public static Tensor pad(Tensor x, int top, int bottom, int left, int right, double value) {
    checkImages("pad", x);
    Tensor rows = border(x, 1, top, bottom, value);
    return border(rows, 2, left, right, value);
  }

  private static Tensor border(Tensor x, int axis, int before, int after, double value) {
    int n = x.shape().dimension(axis);
    int from = Math.max(0, -before);
    int to = n - Math.max(0, -after);
    Tensor kept = from == 0 && to == n ? x : x.slice(axis, from, to);
    return before > 0 || after > 0
        ? kept.pad(axis, Math.max(0, before), Math.max(0, after), value)
        : kept;
  }

  private static Pooling pooling(String name, Tensor x, Window window) {
    checkImages(name, x);
    Shape shape = x.shape();
    return new Pooling(window, shape.dimension(1), shape.dimension(2), shape.dimension(3));
  }

  static void checkImages(String name, Tensor x) {
    if (x.shape().rank() != 4) {
      throw new IllegalArgumentException(
          name
              + ": expected images of [images, height, width, channels], found shape "
              + x.shape());
    }
  }
}
