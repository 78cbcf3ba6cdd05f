package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.UsedRows;
import java.util.Arrays;

/// An array of +0 in rows of one width, some of which are going to be other numbers: the gradient
/// of a table of which some rows were looked up. To be taken again it is cleared there only, so
/// that its cost is that of these rows.
final class ZeroedTable {
  private final DType dtype;
  private final Object array;
  private final int width;
  private final UsedRows used = new UsedRows();
  private final boolean[] isUsed;

  ZeroedTable(DType dtype, int rows, int width) {
    this.dtype = dtype;
    this.width = width;
    isUsed = new boolean[rows];
    array = dtype == DType.F32 ? new float[rows * width] : new double[rows * width];
  }

  /// Whether it is what is asked for.
  boolean fits(DType dtype, int rows, int width) {
    return this.dtype == dtype && isUsed.length == rows && this.width == width;
  }

  /// The storage: `float[]` or `double[]`.
  Object array() {
    return array;
  }

  /// The bytes of the storage.
  long bytes() {
    return (long) isUsed.length * width * dtype.bytes();
  }

  /// Says that these rows are going to be other numbers.
  void use(int[] places, int n) {
    for (int i = 0; i < n; i++) {
      if (!isUsed[places[i]]) {
        isUsed[places[i]] = true;
        used.add(places[i]);
      }
    }
    used.sort();
  }

  /// The rows that were said.
  UsedRows used() {
    return used;
  }

  /// Makes all numbers +0 again.
  void clear() {
    for (int i = 0; i < used.count(); ) {
      int end = used.runEnd(i, used.count());
      int from = used.at(i) * width;
      int to = (used.at(end - 1) + 1) * width;
      if (dtype == DType.F32) {
        Arrays.fill((float[]) array, from, to, 0);
      } else {
        Arrays.fill((double[]) array, from, to, 0);
      }
      Arrays.fill(isUsed, used.at(i), used.at(end - 1) + 1, false);
      i = end;
    }
    used.clear();
  }
}
