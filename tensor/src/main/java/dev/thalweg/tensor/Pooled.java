package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Pooling;
import dev.thalweg.kernels.Window;

/// The largest number of each window. The gradient goes to where it was found, and the gradient of
/// that takes the numbers from there.
final class Pooled {

  private Pooled() {}

  private static Shape input(Pooling p, Tensor x) {
    return Shape.of(x.shape().dimension(0), p.height(), p.width(), p.channels());
  }

  private static Shape output(Pooling p, Tensor x) {
    return Shape.of(x.shape().dimension(0), p.outputHeight(), p.outputWidth(), p.channels());
  }

  static Tensor maximum(Pooling pooling, Tensor x) {
    Shape shape = output(pooling, x);
    Tensor taps = Tensor.empty(DType.I32, shape);
    Tensor y = new Maximum(pooling, taps, x).result(x.dtype(), shape);
    int images = shape.dimension(0);
    if (x.dtype() == DType.F32) {
      pooling.maximum(Operation.engine(), images, x.floats(), 0, y.floats(), 0, taps.ints(), 0);
    } else {
      pooling.maximum(Operation.engine(), images, x.doubles(), 0, y.doubles(), 0, taps.ints(), 0);
    }
    return y;
  }

  /// The numbers at the taps: those that were the largest when taps were found.
  private static Tensor taken(Pooling pooling, Tensor taps, Tensor x) {
    Tensor y = new Maximum(pooling, taps, x).result(x.dtype(), taps.shape());
    Window window = pooling.window();
    int[] from = taps.ints();
    int channels = pooling.channels();
    for (int i = 0; i < y.size(); i++) {
      int pixel = i / channels;
      int row = pixel / pooling.outputWidth();
      int ix =
          pixel % pooling.outputWidth() * window.strideX()
              - window.left()
              + from[i] % window.kernelWidth() * window.dilationX();
      int iy =
          row % pooling.outputHeight() * window.strideY()
              - window.top()
              + from[i] / window.kernelWidth() * window.dilationY();
      int image = row / pooling.outputHeight();
      int at = ((image * pooling.height() + iy) * pooling.width() + ix) * channels + i % channels;
      if (y.dtype() == DType.F32) {
        y.floats()[i] = x.floats()[at];
      } else {
        y.doubles()[i] = x.doubles()[at];
      }
    }
    return y;
  }

  /// Each number where its tap was.
  private static Tensor placed(Pooling pooling, Tensor taps, Tensor g) {
    Tensor y = new Placed(pooling, taps, g).result(g.dtype(), input(pooling, g));
    int images = g.shape().dimension(0);
    if (g.dtype() == DType.F32) {
      pooling.maximumBack(Operation.engine(), images, g.floats(), 0, taps.ints(), 0, y.floats(), 0);
    } else {
      pooling.maximumBack(
          Operation.engine(), images, g.doubles(), 0, taps.ints(), 0, y.doubles(), 0);
    }
    if (g.isWithoutNegligible() && pooling.hasNoOverlaps()) {
      y.hasNothingNegligible();
    }
    return y;
  }

  private static final class Maximum extends Operation {
    private final Pooling pooling;
    private final Tensor taps;

    Maximum(Pooling pooling, Tensor taps, Tensor x) {
      super("maxPool", x);
      this.pooling = pooling;
      this.taps = taps;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      by.add(0, placed(pooling, taps, g));
    }
  }

  private static final class Placed extends Operation {
    private final Pooling pooling;
    private final Tensor taps;

    Placed(Pooling pooling, Tensor taps, Tensor x) {
      super("gradient of maxPool", x);
      this.pooling = pooling;
      this.taps = taps;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      by.add(0, taken(pooling, taps, g));
    }
  }
}
