package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;

/// Between F32 and F64; the gradient goes back in the input's precision.
final class Conversion extends Operation {

  private Conversion(Tensor x) {
    super("to", x);
  }

  static Tensor to(Tensor x, DType dtype) {
    Tensor y = new Conversion(x).result(dtype, x.shape());
    int n = x.size();
    if (dtype == DType.F64) {
      float[] from = x.floats();
      double[] into = y.doubles();
      for (int i = 0; i < n; i++) {
        into[i] = from[i];
      }
    } else {
      double[] from = x.doubles();
      float[] into = y.floats();
      for (int i = 0; i < n; i++) {
        into[i] = (float) from[i];
      }
    }
    return y;
  }

  @Override
  protected void backward(Tensor y, Tensor g, Wanted by) {
    by.add(0, g.to(input(0).dtype()));
  }
}
