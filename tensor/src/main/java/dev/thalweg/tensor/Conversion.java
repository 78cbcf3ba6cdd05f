package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;

/// Between F32 and F64; the gradient goes back in the input's precision. To and from whole numbers
/// there is none.
final class Conversion extends Operation {

  private Conversion(Tensor x) {
    super("to", x);
  }

  static Tensor to(Tensor x, DType dtype) {
    if (dtype == DType.I32 || x.dtype() == DType.I32) {
      return whole(x, dtype);
    }
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

  private static Tensor whole(Tensor x, DType dtype) {
    Tensor y = Tensor.empty(dtype, x.shape());
    for (int i = 0; i < x.size(); i++) {
      double value = x.element(i);
      switch (dtype) {
        case F32 -> y.floats()[i] = (float) value;
        case F64 -> y.doubles()[i] = value;
        case I32 -> {
          y.ints()[i] = (int) value;
          if ((int) value != value) {
            throw new IllegalArgumentException(
                "to: expected whole numbers of 32 bits, found " + value + " at element " + i);
          }
        }
      }
    }
    return y;
  }

  @Override
  protected void backward(Tensor y, Tensor g, Wanted by) {
    by.add(0, g.to(input(0).dtype()));
  }
}
