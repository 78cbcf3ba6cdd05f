package dev.thalweg.data;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The columns of some rows whose numbers are no floats, as doubles, until they are centred:
/// seconds since 1970 are 128 apart as floats, and no time at all from each other once their mean
/// is gone.
///
/// Only columns in which rounding might be seen are kept. Of 65,536 rows and more, one whose
/// rounding moves no number by more than 2⁻²⁴ of the standard deviation is not.
final class FineColumns {

  /// No column.
  static final FineColumns NONE = new FineColumns(new TreeMap<>());

  private static final int MANY_ROWS = 1 << 16;

  private final SortedMap<Integer, double[]> columns;

  /// Takes the arrays as they are.
  FineColumns(SortedMap<Integer, double[]> columns) {
    this.columns = Collections.unmodifiableSortedMap(columns);
  }

  /// The columns of rows.
  static FineColumns of(double[][] rows) {
    return of(rows.length, rows[0].length, (row, column) -> rows[row][column]);
  }

  /// The columns of `rows × width` numbers, row-major.
  static FineColumns of(double[] x, int width) {
    return of(x.length / width, width, (row, column) -> x[row * width + column]);
  }

  private interface Numbers {
    double at(int row, int column);
  }

  private static FineColumns of(int rows, int width, Numbers numbers) {
    var fine = new TreeMap<Integer, double[]>();
    for (int column = 0; column < width; column++) {
      var values = new double[rows];
      for (int row = 0; row < rows; row++) {
        values[row] = numbers.at(row, column);
      }
      if (matters(values, values.length)) {
        fine.put(column, values);
      }
    }
    return new FineColumns(fine);
  }

  /// Whether it might be seen that these numbers become floats; NaN is no number.
  static boolean matters(double[] values, int count) {
    double rounding = 0;
    double sum = 0;
    long numbers = 0;
    for (int i = 0; i < count; i++) {
      double value = values[i];
      if (!Double.isNaN(value)) {
        rounding = Math.max(rounding, Math.abs(value - (float) value));
        sum += value;
        numbers++;
      }
    }
    if (rounding == 0 || count < MANY_ROWS) {
      return rounding > 0;
    }
    double mean = sum / numbers;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double away = values[i] - mean;
      squares += Double.isNaN(away) ? 0 : away * away;
    }
    return !(rounding <= 0x1p-24 * Math.sqrt(squares / numbers));
  }

  boolean isEmpty() {
    return columns.isEmpty();
  }

  /// The numbers of a column, one for each row; null where floats are as good.
  double @Nullable [] column(int column) {
    return columns.get(column);
  }

  FineColumns subset(int[] rows) {
    var part = new TreeMap<Integer, double[]>();
    columns.forEach((column, values) -> part.put(column, picked(values, rows)));
    return new FineColumns(part);
  }

  static double[] picked(double[] values, int[] rows) {
    var part = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      part[i] = values[rows[i]];
    }
    return part;
  }

  /// Puts the numbers of some rows in the places of the floats that stand for them.
  ///
  /// @param to `count × width` numbers, row-major
  void gather(int[] order, int from, int count, double[] to, int width) {
    columns.forEach((column, values) -> {
      for (int i = 0; i < count; i++) {
        to[i * width + column] = values[order[from + i]];
      }
    });
  }
}
