package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Values;
import org.jspecify.annotations.Nullable;

/// A row-major matrix of F32 or F64 numbers, and what matrix methods do with them: one code for
/// both kinds. Matrices of one computation are of one kind. Products are those of the current
/// [Engine], with the same bits for any provider and number of threads.
final class Matrix {
  private final int rows;
  private final int columns;
  private final float @Nullable [] floats;
  private final double @Nullable [] doubles;

  private Matrix(int rows, int columns, float @Nullable [] floats, double @Nullable [] doubles) {
    this.rows = rows;
    this.columns = columns;
    this.floats = floats;
    this.doubles = doubles;
  }

  /// The values themselves: as many columns as the last dimension has.
  static Matrix of(Values values) {
    int[] shape = values.dimensions();
    int columns = shape.length == 0 ? 1 : shape[shape.length - 1];
    int rows = columns == 0 ? 0 : values.size() / columns;
    return values.dtype() == DType.F32
        ? new Matrix(rows, columns, values.floats(), null)
        : new Matrix(rows, columns, null, values.doubles());
  }

  /// Zeros of the same kind.
  Matrix zeros(int rows, int columns) {
    return floats != null
        ? new Matrix(rows, columns, new float[rows * columns], null)
        : new Matrix(rows, columns, null, new double[rows * columns]);
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  double at(int row, int column) {
    int at = row * columns + column;
    return doubles != null ? doubles[at] : floats != null ? floats[at] : Double.NaN;
  }

  void set(int row, int column, double value) {
    int at = row * columns + column;
    if (doubles != null) {
      doubles[at] = value;
    } else if (floats != null) {
      floats[at] = (float) value;
    }
  }

  /// this ← op(a) op(b), or this + op(a) op(b).
  void product(boolean transposeA, Matrix a, boolean transposeB, Matrix b, boolean accumulate) {
    int inner = transposeA ? a.rows : a.columns;
    if (floats != null && a.floats != null && b.floats != null) {
      Engine.current()
          .matmul(
              transposeA,
              transposeB,
              rows,
              columns,
              inner,
              a.floats,
              0,
              a.columns,
              b.floats,
              0,
              b.columns,
              floats,
              0,
              columns,
              accumulate);
    } else if (doubles != null && a.doubles != null && b.doubles != null) {
      Engine.current()
          .matmul(
              transposeA,
              transposeB,
              rows,
              columns,
              inner,
              a.doubles,
              0,
              a.columns,
              b.doubles,
              0,
              b.columns,
              doubles,
              0,
              columns,
              accumulate);
    } else {
      throw new IllegalStateException("matrices of two kinds");
    }
  }

  /// √Σx²
  double norm() {
    double sum = 0;
    for (int i = 0; i < rows * columns; i++) {
      double one = doubles != null ? doubles[i] : floats != null ? floats[i] : Double.NaN;
      sum += one * one;
    }
    return Math.sqrt(sum);
  }

  /// A copy, row by row.
  double[][] toDoubles() {
    double[][] copy = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        copy[i][j] = at(i, j);
      }
    }
    return copy;
  }

  /// this ← αx
  void scaled(double factor, Matrix x) {
    if (floats != null && x.floats != null) {
      float by = (float) factor;
      for (int i = 0; i < floats.length && i < rows * columns; i++) {
        floats[i] = by * x.floats[i];
      }
    } else if (doubles != null && x.doubles != null) {
      for (int i = 0; i < doubles.length && i < rows * columns; i++) {
        doubles[i] = factor * x.doubles[i];
      }
    }
  }

  /// this ← this + α kept, and kept ← max(this, 0), number by number.
  void cover(double alpha, Kept kept) {
    int size = rows * columns;
    if (floats != null) {
      float[] of = kept.floats();
      for (int i = 0; i < size; i++) {
        floats[i] = (float) (floats[i] + alpha * of[i]);
      }
      for (int i = 0; i < size; i++) {
        of[i] = Math.max(floats[i], 0);
      }
    } else if (doubles != null) {
      double[] of = kept.doubles();
      for (int i = 0; i < size; i++) {
        doubles[i] += alpha * of[i];
        of[i] = Math.max(doubles[i], 0);
      }
    }
  }

  /// this ← αx + β this
  void combined(double alpha, Matrix x, double beta) {
    if (floats != null && x.floats != null) {
      float a = (float) alpha;
      float b = (float) beta;
      for (int i = 0; i < floats.length && i < rows * columns; i++) {
        floats[i] = a * x.floats[i] + b * floats[i];
      }
    } else if (doubles != null && x.doubles != null) {
      for (int i = 0; i < doubles.length && i < rows * columns; i++) {
        doubles[i] = alpha * x.doubles[i] + beta * doubles[i];
      }
    }
  }
}
