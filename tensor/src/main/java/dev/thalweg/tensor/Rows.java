package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import java.util.Arrays;

/// Rows that whole numbers name: a look-up in a table, and its gradient.
final class Rows {

  /// Numbers that are copied or added in about a nanosecond.
  private static final double SPEED = 4;

  /// Columns of a table that a thread adds to at a time.
  private static final int STRIP = 64;

  private Rows() {}

  static Tensor gather(Tensor table, Tensor rows) {
    Shape shape = table.shape();
    if (shape.rank() == 0) {
      throw new IllegalArgumentException("gather: expected rows, found a scalar");
    }
    int[] places = rows.ints();
    int n = rows.size();
    check("gather", places, n, shape.dimension(0));
    int width = width(shape);
    Tensor y = new Gather(table, rows).result(table.dtype(), shape(rows.shape(), shape));
    Object from = table.array();
    Object into = y.array();
    engine()
        .share(
            n,
            5 + width / SPEED,
            (a, b) -> {
              for (int i = a; i < b; i++) {
                System.arraycopy(from, places[i] * width, into, i * width, width);
              }
            });
    return y;
  }

  private static Engine engine() {
    return Operation.engine();
  }

  private static int width(Shape table) {
    int width = 1;
    for (int i = 1; i < table.rank(); i++) {
      width *= table.dimension(i);
    }
    return width;
  }

  /// The rows' shape, and behind it that of one row.
  static Shape shape(Shape rows, Shape table) {
    int[] sizes = new int[rows.rank() + table.rank() - 1];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i < rows.rank() ? rows.dimension(i) : table.dimension(i - rows.rank() + 1);
    }
    return Shape.of(sizes);
  }

  static void check(String name, int[] places, int n, int rows) {
    for (int i = 0; i < n; i++) {
      if (places[i] < 0 || places[i] >= rows) {
        throw new IllegalArgumentException(
            "%s: expected numbers of 0 to %d, found %d at element %d"
                .formatted(name, rows - 1, places[i], i));
      }
    }
  }

  /// table(rows(i)) = table(rows(i)) + x(i), i in order: each thread adds some columns of all rows.
  static void add(Tensor x, Tensor rows, Tensor table) {
    int[] places = rows.ints();
    int n = rows.size();
    int width = width(table.shape());
    boolean narrow = x.dtype() == DType.F32;
    engine()
        .share(
            Math.ceilDiv(width, STRIP),
            n * (STRIP / SPEED),
            (a, b) -> {
              int first = a * STRIP;
              int last = Math.min(width, b * STRIP);
              if (narrow) {
                float[] from = x.floats();
                float[] into = table.floats();
                for (int i = 0; i < n; i++) {
                  int to = places[i] * width;
                  for (int j = first; j < last; j++) {
                    into[to + j] += from[i * width + j];
                  }
                }
              } else {
                double[] from = x.doubles();
                double[] into = table.doubles();
                for (int i = 0; i < n; i++) {
                  int to = places[i] * width;
                  for (int j = first; j < last; j++) {
                    into[to + j] += from[i * width + j];
                  }
                }
              }
            });
  }

  private static final class Gather extends Operation {
    private final Tensor rows;

    Gather(Tensor table, Tensor rows) {
      super("gather", table);
      this.rows = rows;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      by.addRows(0, g, rows);
    }
  }

  static Tensor oneHot(Tensor classes, DType dtype, int count) {
    int[] places = classes.ints();
    int n = classes.size();
    check("oneHot", places, n, count);
    int rank = classes.shape().rank();
    int[] sizes = Arrays.copyOf(classes.dimensions(), rank + 1);
    sizes[rank] = count;
    Tensor y = Tensor.zeros(dtype, Shape.of(sizes));
    for (int i = 0; i < n; i++) {
      switch (dtype) {
        case F32 -> y.floats()[i * count + places[i]] = 1;
        case F64 -> y.doubles()[i * count + places[i]] = 1;
        case I32 -> y.ints()[i * count + places[i]] = 1;
      }
    }
    return y;
  }
}
