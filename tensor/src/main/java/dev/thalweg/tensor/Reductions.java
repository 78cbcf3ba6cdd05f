package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.UnaryFunction;

/// Sums and maxima.
final class Reductions {

  /// Numbers that are read in about a nanosecond.
  private static final double SPEED = 4;

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
    int inner = inner(shape, axis);
    int outer = kept.size() / Math.max(inner, 1);
    Engine engine = Context.current().engine();
    y.fill(0);
    if (outer == 1) {
      sums(engine, 0, 1, n, inner, x, y);
    } else {
      int columns = inner;
      engine.share(
          outer,
          (double) n * inner / SPEED,
          (from, to) -> sums(engine, from, to, n, columns, x, y));
    }
    return y;
  }

  /// Sums down the columns of some of x's matrices of n × columns, added to y.
  private static void sums(
      Engine engine, int from, int to, int n, int columns, Tensor x, Tensor y) {
    if (x.dtype() == DType.F32) {
      float[] numbers = x.floats();
      float[] into = y.floats();
      if (columns == 1 && to - from > 1) {
        engine.kernels().rowSums(to - from, n, numbers, from * n, n, into, from);
        return;
      }
      for (int o = from; o < to; o++) {
        if (columns == 1) {
          into[o] = engine.sum(numbers, o * n, n);
        } else {
          engine.columnSums(n, columns, numbers, o * n * columns, columns, into, o * columns);
        }
      }
    } else {
      double[] numbers = x.doubles();
      double[] into = y.doubles();
      for (int o = from; o < to; o++) {
        if (columns == 1) {
          into[o] = engine.sum(numbers, o * n, n);
        } else {
          engine.columnSums(n, columns, numbers, o * n * columns, columns, into, o * columns);
        }
      }
    }
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
    int inner = inner(shape, axis);
    Operation.engine().share(y.size(), n, (from, to) -> largest(x, n, inner, y, from, to));
    return y;
  }

  /// The product of the sizes behind a dimension.
  private static int inner(Shape shape, int axis) {
    int inner = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= shape.dimension(i);
    }
    return inner;
  }

  private static void largest(Tensor x, int n, int inner, Tensor y, int first, int last) {
    if (x.dtype() == DType.F32) {
      float[] values = x.floats();
      float[] into = y.floats();
      for (int to = first; to < last; to++) {
        int from = to / inner * n * inner + to % inner;
        float top = values[from];
        for (int j = 1; j < n; j++) {
          top = Math.max(top, values[from + j * inner]);
        }
        into[to] = top;
      }
    } else {
      double[] values = x.doubles();
      double[] into = y.doubles();
      for (int to = first; to < last; to++) {
        int from = to / inner * n * inner + to % inner;
        double top = values[from];
        for (int j = 1; j < n; j++) {
          top = Math.max(top, values[from + j * inner]);
        }
        into[to] = top;
      }
    }
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
    int[] best = new int[x.shape().rows()];
    argMax(x, x.shape().columns(), 1, best, best.length);
    return best;
  }

  static Tensor argMax(Tensor x, int axis) {
    Tensor y = Tensor.empty(DType.I32, x.shape().without(axis));
    argMax(x, x.shape().dimension(axis), inner(x.shape(), axis), y.ints(), y.size());
    return y;
  }

  private static void argMax(Tensor x, int n, int inner, int[] best, int count) {
    if (n == 0) {
      throw new IllegalStateException("argMax: there is no element in a row of shape " + x.shape());
    }
    for (int i = 0; i < count; i++) {
      int from = i / inner * n * inner + i % inner;
      int at = 0;
      double top = x.element(from);
      for (int j = 1; j < n && !Double.isNaN(top); j++) {
        double value = x.element(from + j * inner);
        if (value > top || Double.isNaN(value)) {
          top = value;
          at = j;
        }
      }
      best[i] = at;
    }
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
