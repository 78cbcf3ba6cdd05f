package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import java.util.Arrays;

/// Dimensions in another order: a copy.
///
/// Neighbours that stay neighbours are joined first. Then the last two dimensions of the result are
/// rows to be copied, or a matrix to be transposed, or numbers one by one; the others are counted.
final class Permutation extends Operation {

  /// Numbers that are copied in about a nanosecond.
  private static final double SPEED = 2;

  private final int[] axes;

  private Permutation(Tensor x, int... axes) {
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
    Tensor y = new Permutation(x, order).result(x.dtype(), Shape.of(sizes));
    if (y.size() > 0) {
      new Plan(shape, order).copy(x, y);
    }
    return y;
  }

  @Override
  protected void backward(Tensor y, Tensor g, Wanted by) {
    int[] inverse = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      inverse[axes[i]] = i;
    }
    by.add(0, of(g, inverse));
  }

  /// Sizes of the result, outermost first, and the distance in x from one to the next.
  private static final class Plan {
    private final int[] sizes;
    private final int[] steps;
    private final int rank;

    Plan(Shape shape, int... order) {
      int[] strides = new int[order.length];
      int stride = 1;
      for (int i = order.length - 1; i >= 0; i--) {
        strides[i] = stride;
        stride *= shape.dimension(i);
      }
      int[] size = new int[order.length + 2];
      int[] step = new int[order.length + 2];
      int n = 2; // at least two dimensions
      size[0] = 1;
      size[1] = 1;
      for (int axis : order) {
        int next = shape.dimension(axis);
        if (next == 1) {
          continue;
        }
        if (n > 2 && step[n - 1] == strides[axis] * next) {
          size[n - 1] *= next;
          step[n - 1] = strides[axis];
        } else {
          size[n] = next;
          step[n++] = strides[axis];
        }
      }
      rank = n;
      sizes = size;
      steps = step;
    }

    void copy(Tensor x, Tensor y) {
      int rows = sizes[rank - 2];
      int columns = sizes[rank - 1];
      int block = rows * columns;
      Engine engine = engine();
      int blocks = y.size() / block;
      if (x.dtype() == DType.F32 && steps[rank - 2] == 1 && blocks == 1) {
        engine.transpose(columns, rows, x.floats(), 0, y.floats(), 0);
        return;
      }
      engine.share(
          blocks,
          block / SPEED,
          (from, to) -> {
            for (int b = from; b < to; b++) {
              int start = 0;
              int rest = b;
              for (int d = rank - 3; d >= 0; d--) {
                start += rest % sizes[d] * steps[d];
                rest /= sizes[d];
              }
              copy(engine, x, start, y, b * block, rows, columns);
            }
          });
    }

    private void copy(Engine engine, Tensor x, int start, Tensor y, int at, int rows, int columns) {
      int down = steps[rank - 2];
      int across = steps[rank - 1];
      if (x.dtype() == DType.F32) {
        float[] from = x.floats();
        float[] into = y.floats();
        if (across == 1) {
          engine.kernels().copyRows(rows, columns, from, start, down, into, at, columns);
          return;
        }
        if (down == 1) {
          engine.kernels().transpose(columns, rows, from, start, across, into, at, columns);
          return;
        }
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < columns; j++) {
            into[at + i * columns + j] = from[start + i * down + j * across];
          }
        }
      } else if (x.dtype() == DType.F64) {
        double[] from = x.doubles();
        double[] into = y.doubles();
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < columns; j++) {
            into[at + i * columns + j] = from[start + i * down + j * across];
          }
        }
      } else {
        int[] from = x.ints();
        int[] into = y.ints();
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < columns; j++) {
            into[at + i * columns + j] = from[start + i * down + j * across];
          }
        }
      }
    }
  }
}
