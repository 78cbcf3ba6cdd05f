package dev.thalweg.tensor;

import dev.thalweg.kernels.Permutation;
import java.util.Arrays;

/// Dimensions in another order: a copy.
final class Permuted extends Operation {

  private final int[] axes;

  private Permuted(Tensor x, int... axes) {
    super("permute", x);
    this.axes = axes;
  }

  static Tensor of(Tensor x, int... axes) {
    Shape shape = x.shape();
    int rank = shape.rank();
    int[] order = new int[axes.length];
    boolean[] seen = new boolean[rank];
    boolean good = axes.length == rank;
    boolean same = true;
    for (int i = 0; i < axes.length && good; i++) {
      order[i] = axes[i] < 0 ? axes[i] + rank : axes[i];
      good = order[i] >= 0 && order[i] < rank && !seen[order[i]];
      if (good) {
        seen[order[i]] = true;
        same &= order[i] == i;
      }
    }
    if (!good) {
      throw new IllegalArgumentException(
          "permute: expected each dimension of shape %s once, found %s"
              .formatted(shape, Arrays.toString(axes)));
    }
    if (same) {
      return x;
    }
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      sizes[i] = shape.dimension(order[i]);
    }
    Tensor y = new Permuted(x, order).result(x.dtype(), Shape.of(sizes));
    switch (x.dtype()) {
      case F32 -> Permutation.copy(engine(), x.dimensions(), order, x.floats(), 0, y.floats(), 0);
      case F64 -> Permutation.copy(engine(), x.dimensions(), order, x.doubles(), 0, y.doubles(), 0);
      case I32 -> copy(x, order, y);
    }
    return y;
  }

  /// Whole numbers, one by one.
  private static void copy(Tensor x, int[] order, Tensor y) {
    int[] from = x.ints();
    int[] into = y.ints();
    int[] place = new int[order.length];
    for (int i = 0; i < y.size(); i++) {
      int rest = i;
      for (int d = order.length - 1; d >= 0; d--) {
        place[order[d]] = rest % y.shape().dimension(d);
        rest /= y.shape().dimension(d);
      }
      int at = 0;
      for (int d = 0; d < place.length; d++) {
        at = at * x.shape().dimension(d) + place[d];
      }
      into[i] = from[at];
    }
  }

  @Override
  protected void backward(Tensor y, Tensor g, Wanted by) {
    int[] inverse = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      inverse[axes[i]] = i;
    }
    by.add(0, of(g, inverse));
  }
}
