package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import java.util.Arrays;

/// Matrix products of the last two dimensions, the others being broadcast.
final class Batched extends Operation {

  /// Multiply-adds that take about a nanosecond.
  private static final double SPEED = 30;

  private final boolean transposeA;
  private final boolean transposeB;

  private Batched(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    super("matmul", a, b);
    this.transposeA = transposeA;
    this.transposeB = transposeB;
  }

  static Tensor matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    Shape x = a.shape();
    Shape y = b.shape();
    if (x.rank() < 2 || y.rank() < 2) {
      throw new IllegalArgumentException("matmul: expected matrices, found " + x + " and " + y);
    }
    int m = x.dimension(transposeA ? -1 : -2);
    int k = x.dimension(transposeA ? -2 : -1);
    int n = y.dimension(transposeB ? -2 : -1);
    if (k != y.dimension(transposeB ? -1 : -2)) {
      throw new IllegalArgumentException(
          "matmul: inner sizes differ, found "
              + x
              + (transposeA ? " transposed" : "")
              + " and "
              + y
              + (transposeB ? " transposed" : ""));
    }
    if (y.rank() == 2 && !transposeA) {
      // one product of all rows
      Tensor rows = Products.matmul(a.reshape(-1, k), b, false, transposeB);
      return rows.reshape(x.with(x.rank() - 1, n).dimensions());
    }
    Shape batch = Shape.broadcast("matmul", batch(x), batch(y));
    int[] sizes = Arrays.copyOf(batch.dimensions(), batch.rank() + 2);
    sizes[batch.rank()] = m;
    sizes[batch.rank() + 1] = n;
    Tensor result = new Batched(a, b, transposeA, transposeB).result(a.dtype(), Shape.of(sizes));
    int[] aPlaces = places(batch(x), batch);
    int[] bPlaces = places(batch(y), batch);
    Engine engine = engine();
    engine.share(
        batch.size(),
        (double) m * n * k / SPEED,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            product(
                engine,
                a,
                aPlaces[i] * m * k,
                b,
                bPlaces[i] * n * k,
                result,
                i * m * n,
                transposeA,
                transposeB,
                m,
                n,
                k);
          }
        });
    return result;
  }

  private static Shape batch(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.dimensions(), shape.rank() - 2));
  }

  /// For each matrix of the result the number of the one that it is made of.
  private static int[] places(Shape own, Shape batch) {
    int[] places = new int[batch.size()];
    for (int i = 0; i < places.length; i++) {
      int rest = i;
      int stride = 1;
      for (int d = batch.rank() - 1; d >= 0; d--) {
        int size = own.aligned(d, batch.rank());
        places[i] += (size == 1 ? 0 : rest % batch.dimension(d)) * stride;
        stride *= size;
        rest /= batch.dimension(d);
      }
    }
    return places;
  }

  private static void product(
      Engine engine,
      Tensor a,
      int aStart,
      Tensor b,
      int bStart,
      Tensor y,
      int yStart,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k) {
    int aStride = transposeA ? m : k;
    int bStride = transposeB ? k : n;
    if (y.dtype() == DType.F32) {
      engine.matmul(
          transposeA,
          transposeB,
          m,
          n,
          k,
          a.floats(),
          aStart,
          aStride,
          b.floats(),
          bStart,
          bStride,
          y.floats(),
          yStart,
          n,
          false);
    } else {
      engine.matmul(
          transposeA,
          transposeB,
          m,
          n,
          k,
          a.doubles(),
          aStart,
          aStride,
          b.doubles(),
          bStart,
          bStride,
          y.doubles(),
          yStart,
          n,
          false);
    }
  }

  /// As for one product; summed over what was broadcast.
  @Override
  protected void backward(Tensor y, Tensor gradient, Wanted by) {
    Tensor a = input(0);
    Tensor b = input(1);
    Tensor g = Elementwise.withoutNegligible(gradient);
    if (by.wants(0)) {
      Tensor part =
          transposeA
              ? Products.matmul(b, g, transposeB, true)
              : Products.matmul(g, b, false, !transposeB);
      by.add(0, part.sumTo(a.shape()));
    }
    if (by.wants(1)) {
      Tensor part =
          transposeB
              ? Products.matmul(g, a, true, transposeA)
              : Products.matmul(a, g, !transposeA, false);
      by.add(1, part.sumTo(b.shape()));
    }
  }
}
