package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;

/// Matrix products and transposition.
final class Products {

  private Products() {}

  /// op(a) op(b), where op transposes or not.
  static Tensor matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    Elementwise.checkSame("matmul", a, b);
    if (a.shape().rank() > 2 || b.shape().rank() > 2) {
      return Batched.matmul(a, b, transposeA, transposeB);
    }
    checkMatrix("matmul", a);
    checkMatrix("matmul", b);
    int m = a.shape().dimension(transposeA ? 1 : 0);
    int k = a.shape().dimension(transposeA ? 0 : 1);
    int n = b.shape().dimension(transposeB ? 0 : 1);
    if (k != b.shape().dimension(transposeB ? 1 : 0)) {
      throw new IllegalArgumentException(
          "matmul: inner sizes differ, found "
              + a.shape()
              + (transposeA ? " transposed" : "")
              + " and "
              + b.shape()
              + (transposeB ? " transposed" : ""));
    }
    Tensor y = new Product(a, b, transposeA, transposeB).result(a.dtype(), Shape.of(m, n));
    multiply(a, b, y, transposeA, transposeB, m, n, k, false);
    return y;
  }

  static Tensor linear(Tensor x, Tensor weights, Tensor bias) {
    Elementwise.checkSame("linear", x, weights);
    Elementwise.checkSame("linear", x, bias);
    checkMatrix("linear", weights);
    if (x.shape().rank() > 2) {
      int[] sizes = x.dimensions();
      int inner = sizes[sizes.length - 1];
      sizes[sizes.length - 1] = weights.shape().dimension(1);
      return linear(x.reshape(x.shape().rows(), inner), weights, bias).reshape(sizes);
    }
    checkMatrix("linear", x);
    int m = x.shape().dimension(0);
    int k = x.shape().dimension(1);
    int n = weights.shape().dimension(1);
    if (k != weights.shape().dimension(0) || !bias.shape().equals(Shape.of(n))) {
      throw new IllegalArgumentException(
          "linear: input "
              + x.shape()
              + ", weights "
              + weights.shape()
              + " and bias "
              + bias.shape()
              + " do not fit together");
    }
    Tensor y = new Linear(x, weights, bias).result(x.dtype(), Shape.of(m, n));
    Engine engine = Context.current().engine();
    if (x.dtype() == DType.F32) {
      engine.fillRows(m, n, bias.floats(), 0, y.floats(), 0, n);
    } else {
      engine.fillRows(m, n, bias.doubles(), 0, y.doubles(), 0, n);
    }
    multiply(x, weights, y, false, false, m, n, k, true);
    return y;
  }

  private static void multiply(
      Tensor a,
      Tensor b,
      Tensor y,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      boolean accumulate) {
    Engine engine = Context.current().engine();
    int aStride = transposeA ? m : k;
    int bStride = transposeB ? k : n;
    if (a.dtype() == DType.F32) {
      engine.matmul(
          transposeA,
          transposeB,
          m,
          n,
          k,
          a.floats(),
          0,
          aStride,
          b.floats(),
          0,
          bStride,
          y.floats(),
          0,
          n,
          accumulate);
    } else {
      engine.matmul(
          transposeA,
          transposeB,
          m,
          n,
          k,
          a.doubles(),
          0,
          aStride,
          b.doubles(),
          0,
          bStride,
          y.doubles(),
          0,
          n,
          accumulate);
    }
  }

  private static void checkMatrix(String name, Tensor x) {
    if (x.shape().rank() != 2) {
      throw new IllegalArgumentException(name + ": expected a matrix, found shape " + x.shape());
    }
  }

  private static final class Product extends Operation {
    private final boolean transposeA;
    private final boolean transposeB;

    Product(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
      super("matmul", a, b);
      this.transposeA = transposeA;
      this.transposeB = transposeB;
    }

    /// With Y = op(A) op(B): d op(A) = G op(B)ᵀ and d op(B) = op(A)ᵀ G, transposed where A or B is.
    @Override
    protected void backward(Tensor y, Tensor gradient, Wanted by) {
      Tensor a = input(0);
      Tensor b = input(1);
      Tensor g = Elementwise.withoutNegligible(gradient);
      if (by.wants(0)) {
        by.add(0, transposeA ? matmul(b, g, transposeB, true) : matmul(g, b, false, !transposeB));
      }
      if (by.wants(1)) {
        by.add(1, transposeB ? matmul(g, a, true, transposeA) : matmul(a, g, !transposeA, false));
      }
    }
  }

  private static final class Linear extends Operation {
    Linear(Tensor x, Tensor weights, Tensor bias) {
      super("linear", x, weights, bias);
    }

    @Override
    protected void backward(Tensor y, Tensor gradient, Wanted by) {
      Tensor g = Elementwise.withoutNegligible(gradient);
      if (by.wants(0)) {
        by.add(0, matmul(g, input(1), false, true));
      }
      if (by.wants(1)) {
        by.add(1, matmul(input(0), g, true, false));
      }
      if (by.wants(2)) {
        by.add(2, g.sum(0));
      }
    }
  }

  static Tensor transpose(Tensor x) {
    checkMatrix("transpose", x);
    int rows = x.shape().dimension(0);
    int columns = x.shape().dimension(1);
    Tensor y = new Transpose(x).result(x.dtype(), Shape.of(columns, rows));
    Engine engine = Context.current().engine();
    if (x.dtype() == DType.F32) {
      engine.transpose(rows, columns, x.floats(), 0, y.floats(), 0);
    } else {
      engine.transpose(rows, columns, x.doubles(), 0, y.doubles(), 0);
    }
    return y;
  }

  private static final class Transpose extends Operation {
    Transpose(Tensor x) {
      super("transpose", x);
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      by.add(0, g.transpose());
    }
  }
}
