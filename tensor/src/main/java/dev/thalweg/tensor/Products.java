package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;

/// Matrix products and transposition.
final class Products {

  private Products() {}

  /// op(a) op(b), where op transposes or not.
  static Tensor matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    Elementwise.checkSame("matmul", a, b);
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
    Tensor y =
        Tensor.result(
            "matmul", a.dtype(), Shape.of(m, n), new Product(a, b, transposeA, transposeB));
    multiply(a, b, y, transposeA, transposeB, m, n, k, false);
    return y;
  }

  static Tensor linear(Tensor x, Tensor weights, Tensor bias) {
    Elementwise.checkSame("linear", x, weights);
    Elementwise.checkSame("linear", x, bias);
    checkMatrix("linear", x);
    checkMatrix("linear", weights);
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
    Tensor y = Tensor.result("linear", x.dtype(), Shape.of(m, n), new Linear(x, weights, bias));
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
      super(a, b);
      this.transposeA = transposeA;
      this.transposeB = transposeB;
    }

    @Override
    Tensor arriving(Tensor gradient) {
      return Elementwise.withoutNegligible(gradient);
    }

    /// With Y = op(A) op(B): d op(A) = G op(B)ᵀ and d op(B) = op(A)ᵀ G, transposed where A or B is.
    @Override
    Tensor product(int input, Tensor y, Tensor g) {
      Tensor a = inputs[0];
      Tensor b = inputs[1];
      if (input == 0) {
        return transposeA ? matmul(b, g, transposeB, true) : matmul(g, b, false, !transposeB);
      }
      return transposeB ? matmul(g, a, true, transposeA) : matmul(a, g, !transposeA, false);
    }
  }

  private static final class Linear extends Operation {
    Linear(Tensor x, Tensor weights, Tensor bias) {
      super(x, weights, bias);
    }

    @Override
    Tensor arriving(Tensor gradient) {
      return Elementwise.withoutNegligible(gradient);
    }

    @Override
    Tensor product(int input, Tensor y, Tensor g) {
      return switch (input) {
        case 0 -> matmul(g, inputs[1], false, true);
        case 1 -> matmul(inputs[0], g, true, false);
        default -> g.sum(0);
      };
    }
  }

  static Tensor transpose(Tensor x) {
    checkMatrix("transpose", x);
    int rows = x.shape().dimension(0);
    int columns = x.shape().dimension(1);
    Tensor y = Tensor.result("transpose", x.dtype(), Shape.of(columns, rows), new Transpose(x));
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
      super(x);
    }

    @Override
    Tensor product(int input, Tensor y, Tensor g) {
      return g.transpose();
    }
  }
}
