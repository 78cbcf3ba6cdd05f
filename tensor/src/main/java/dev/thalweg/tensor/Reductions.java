package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.UnaryFunction;
import java.util.Arrays;

/// Sums and maxima.
final class Reductions {

  private Reductions() {}

  static Tensor sum(Tensor x) {
    Tensor y = new Sum(x, x.shape()).result(x.dtype(), Shape.SCALAR);
    Engine engine = Context.current().engine();
    if (x.dtype() == DType.F32) {
      y.floats()[0] = engine.sum(x.floats(), 0, x.size());
    } else {
      y.doubles()[0] = engine.sum(x.doubles(), 0, x.size());
    }
    return y;
  }

  static Tensor sum(Tensor x, int axis) {
    Shape shape = x.shape();
    Shape kept = shape.with(axis, 1);
    Tensor y = new Sum(x, kept).result(x.dtype(), shape.without(axis));
    int n = shape.dimension(axis);
    int inner = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= shape.dimension(i);
    }
    int outer = kept.size() / Math.max(inner, 1);
    Engine engine = Context.current().engine();
    if (x.dtype() == DType.F32) {
      float[] from = x.floats();
      float[] into = y.floats();
      Arrays.fill(into, 0, y.size(), 0);
      for (int o = 0; o < outer; o++) {
        if (inner == 1) {
          into[o] = engine.sum(from, o * n, n);
        } else {
          engine.columnSums(n, inner, from, o * n * inner, inner, into, o * inner);
        }
      }
    } else {
      double[] from = x.doubles();
      double[] into = y.doubles();
      Arrays.fill(into, 0, y.size(), 0);
      for (int o = 0; o < outer; o++) {
        if (inner == 1) {
          into[o] = engine.sum(from, o * n, n);
        } else {
          engine.columnSums(n, inner, from, o * n * inner, inner, into, o * inner);
        }
      }
    }
    return y;
  }

  /// Sums over the dimensions that broadcasting to x's shape added or repeated.
  static Tensor sumTo(Tensor x, Shape target) {
    if (x.shape().equals(target)) {
      return x;
    }
    Tensor y = x;
    while (y.shape().rank() > target.rank()) {
      y = sum(y, 0);
    }
    for (int i = 0; i < target.rank(); i++) {
      if (target.dimension(i) == 1 && y.shape().dimension(i) != 1) {
        y = sum(y, i).reshape(y.shape().with(i, 1).dimensions());
      }
    }
    return y;
  }

  static double max(Tensor x) {
    if (x.size() == 0) {
      throw new IllegalStateException("max: there is no element in shape " + x.shape());
    }
    Engine engine = Context.current().engine();
    return x.dtype() == DType.F32
        ? engine.max(x.floats(), 0, x.size())
        : engine.max(x.doubles(), 0, x.size());
  }

  static Tensor max(Tensor x, int axis) {
    Shape shape = x.shape();
    int n = shape.dimension(axis);
    if (n == 0) {
      throw new IllegalStateException(
          "max: there is no element along dimension " + axis + " of shape " + shape);
    }
    Tensor y = new Max(x, axis).result(x.dtype(), shape.without(axis));
    int inner = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= shape.dimension(i);
    }
    for (int to = 0; to < y.size(); to++) {
      int from = to / inner * n * inner + to % inner;
      if (x.dtype() == DType.F32) {
        float[] values = x.floats();
        float top = values[from];
        for (int j = 1; j < n; j++) {
          top = Math.max(top, values[from + j * inner]);
        }
        y.floats()[to] = top;
      } else {
        double[] values = x.doubles();
        double top = values[from];
        for (int j = 1; j < n; j++) {
          top = Math.max(top, values[from + j * inner]);
        }
        y.doubles()[to] = top;
      }
    }
    return y;
  }

  private static final class Max extends Operation {
    private final int axis;

    Max(Tensor x, int axis) {
      super("max", x);
      this.axis = axis;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      Tensor x = input(0);
      int[] sizes = x.shape().with(axis, 1).dimensions();
      // 1 where an element is less than the largest; equal infinities have no difference
      Tensor less = Elementwise.unary(UnaryFunction.STEP, y.reshape(sizes).minus(x));
      Tensor largest = less.negate().plus(1);
      Tensor share = largest.div(largest.sum(axis).reshape(sizes));
      by.add(0, largest.gate(g.reshape(sizes).broadcastTo(x.shape())).times(share));
    }
  }

  static int[] argMax(Tensor x) {
    int columns = x.shape().columns();
    int[] best = new int[x.shape().rows()];
    if (columns == 0) {
      throw new IllegalStateException("argMax: there is no element in a row of shape " + x.shape());
    }
    for (int i = 0; i < best.length; i++) {
      int at = 0;
      double top = x.element(i * columns);
      for (int j = 1; j < columns && !Double.isNaN(top); j++) {
        double value = x.element(i * columns + j);
        if (value > top || Double.isNaN(value)) {
          top = value;
          at = j;
        }
      }
      best[i] = at;
    }
    return best;
  }

  /// A sum over all or one dimension; `kept` is the input's shape with size 1 where it was summed,
  /// or the input's shape itself for the sum of all.
  private static final class Sum extends Operation {
    private final Shape kept;

    Sum(Tensor x, Shape kept) {
      super("sum", x);
      this.kept = kept;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      Tensor aligned = g.shape().rank() == 0 ? g : g.reshape(kept.dimensions());
      by.add(0, aligned.broadcastTo(input(0).shape()));
    }
  }
}
