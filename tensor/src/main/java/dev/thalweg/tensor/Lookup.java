package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Rows;
import java.util.Arrays;

/// Rows of a table that whole numbers name, and the gradient.
final class Lookup extends Operation {

  private final Tensor rows;

  private Lookup(Tensor table, Tensor rows) {
    super("gather", table);
    this.rows = rows;
  }

  static Tensor of(Tensor table, Tensor rows) {
    Shape shape = table.shape();
    if (shape.rank() == 0) {
      throw new IllegalArgumentException("gather: expected rows, found a scalar");
    }
    int[] places = rows.ints();
    int n = rows.size();
    check("gather", places, n, shape.dimension(0));
    int width = width(shape);
    Tensor y = new Lookup(table, rows).result(table.dtype(), shape(rows.shape(), shape));
    switch (table.dtype()) {
      case F32 -> Rows.gather(engine(), n, width, places, 0, table.floats(), 0, y.floats(), 0);
      case F64 -> Rows.gather(engine(), n, width, places, 0, table.doubles(), 0, y.doubles(), 0);
      case I32 -> {
        for (int i = 0; i < n; i++) {
          System.arraycopy(table.ints(), places[i] * width, y.ints(), i * width, width);
        }
      }
    }
    return y;
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

  /// table(rows(i)) = table(rows(i)) + x(i), i in order.
  static void add(Tensor x, Tensor rows, Tensor table) {
    int[] places = rows.ints();
    int n = rows.size();
    int targets = table.shape().dimension(0);
    int width = width(table.shape());
    if (x.dtype() == DType.F32) {
      Rows.scatterAdd(engine(), n, width, places, 0, x.floats(), 0, targets, table.floats(), 0);
    } else {
      Rows.scatterAdd(engine(), n, width, places, 0, x.doubles(), 0, targets, table.doubles(), 0);
    }
  }

  @Override
  protected void backward(Tensor y, Tensor g, Wanted by) {
    by.addRows(0, g, rows);
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
