package dev.thalweg.kernels;

import java.util.Arrays;

/// F32 sums down any number of rows.
///
/// One chain of additions loses what is small beside the sum: of 10⁶ rows of 0.1 it makes 100,960.
/// So only up to 4,096 rows are one chain; of more, each 256 rows are a chain begun at +0, and the
/// chains are added in their order in double, begun at what was there. The relative error, of
/// numbers of one sign, is below 10⁻⁵ for any number of rows.
final class ColumnSums {
  /// The most rows of one chain.
  static final int CHAIN = 4096;

  private static final int PART = 256;

  private ColumnSums() {}

  /// y(j) = y(j) + Σ_i x(i, j)
  ///
  /// @param part room for a number a column
  /// @param total room for a number a column
  static void add(
      Kernels kernels,
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      float[] part,
      double[] total) {
    for (int j = 0; j < columns; j++) {
      total[j] = y[yStart + j];
    }
    for (int i = 0; i < rows; i += PART) {
      Arrays.fill(part, 0, columns, 0);
      int some = Math.min(PART, rows - i);
      kernels.columnSums(some, columns, x, xStart + i * xStride, xStride, part, 0);
      for (int j = 0; j < columns; j++) {
        total[j] += part[j];
      }
    }
    for (int j = 0; j < columns; j++) {
      y[yStart + j] = (float) total[j];
    }
  }
}
