package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.UsedRows;
import dev.thalweg.kernels.Values;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values on an array that somebody else made: a user's own array behind a [Parameter], a slot.
final class ArrayValues implements Values {
  private final int[] dimensions;
  private final int size;
  private final float @Nullable [] floats;
  private final double @Nullable [] doubles;

  /// The rows without which all numbers are +0, where that is known.
  private @Nullable UsedRows used;

  private ArrayValues(
      int[] dimensions, int size, float @Nullable [] floats, double @Nullable [] doubles) {
    this.dimensions = dimensions;
    this.size = size;
    this.floats = floats;
    this.doubles = doubles;
  }

  /// The array itself, in a shape.
  ///
  /// @throws IllegalArgumentException if the shape has not as many numbers as the array
  static ArrayValues of(String name, int[] dimensions, float[] values) {
    return new ArrayValues(
        dimensions.clone(), checkedSize(name, dimensions, values.length), values, null);
  }

  /// The array itself, in a shape.
  ///
  /// @throws IllegalArgumentException if the shape has not as many numbers as the array
  static ArrayValues of(String name, int[] dimensions, double[] values) {
    return new ArrayValues(
        dimensions.clone(), checkedSize(name, dimensions, values.length), null, values);
  }

  /// The array itself, as a vector.
  static ArrayValues vector(float[] values) {
    return new ArrayValues(new int[] {values.length}, values.length, values, null);
  }

  /// The array itself, as a vector.
  static ArrayValues vector(double[] values) {
    return new ArrayValues(new int[] {values.length}, values.length, null, values);
  }

  /// A copy that nobody else writes to.
  static ArrayValues copyOf(Values values) {
    int[] dimensions = values.dimensions();
    int size = values.size();
    return values.dtype() == DType.F32
        ? new ArrayValues(dimensions, size, Arrays.copyOf(values.floats(), size), null)
        : new ArrayValues(dimensions, size, null, Arrays.copyOf(values.doubles(), size));
  }

  /// Copies numbers into others of the same kind and shape.
  static void copy(Values from, Values to) {
    System.arraycopy(array(from), 0, array(to), 0, to.size());
  }

  /// The storage.
  static Object array(Values values) {
    return values.dtype() == DType.F32 ? values.floats() : values.doubles();
  }

  /// Zeros in the shape and kind of other values.
  static ArrayValues zerosLike(Values values) {
    int[] dimensions = values.dimensions();
    int size = values.size();
    return values.dtype() == DType.F32
        ? new ArrayValues(dimensions, size, new float[size], null)
        : new ArrayValues(dimensions, size, null, new double[size]);
  }

  private static int checkedSize(String name, int[] dimensions, int length) {
    long size = 1;
    for (int dimension : dimensions) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            name + ": dimensions must not be negative, found " + Arrays.toString(dimensions));
      }
      size = Math.min(size * dimension, Integer.MAX_VALUE + 1L);
    }
    if (size != length) {
      throw new IllegalArgumentException(
          "%s: shape %s does not hold the %d numbers of the array"
              .formatted(name, Arrays.toString(dimensions), length));
    }
    return length;
  }

  @Override
  public @Nullable UsedRows usedRows() {
    return used;
  }

  /// Says which rows there are without which all numbers are +0; null where there may be others.
  void setUsedRows(@Nullable UsedRows rows) {
    used = rows;
  }

  /// Becomes equal to other values of the same kind and shape, their list of rows included: where
  /// both have one, only these rows are looked at.
  void setRows(Values from) {
    UsedRows now = from.usedRows();
    UsedRows before = used;
    if (now == null || before == null) {
      copy(from, this);
      used = now == null ? null : new UsedRows();
    } else {
      int width = size / dimensions[0];
      copyRows(from, before, width); // where the other has 0 now
      copyRows(from, now, width);
    }
    if (now != null && used != null) {
      used.set(now);
    }
  }

  private void copyRows(Values from, UsedRows rows, int width) {
    for (int i = 0; i < rows.count(); ) {
      int end = rows.runEnd(i, rows.count());
      int at = rows.at(i) * width;
      System.arraycopy(array(from), at, array(this), at, (end - i) * width);
      i = end;
    }
  }

  @Override
  public DType dtype() {
    return floats != null ? DType.F32 : DType.F64;
  }

  @Override
  public int[] dimensions() {
    return dimensions.clone();
  }

  @Override
  public boolean hasDimensions(int[] sizes) {
    return Arrays.equals(dimensions, sizes);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public float[] floats() {
    if (floats == null) {
      throw new IllegalStateException("expected F32 values, found F64");
    }
    return floats;
  }

  @Override
  public double[] doubles() {
    if (doubles == null) {
      throw new IllegalStateException("expected F64 values, found F32");
    }
    return doubles;
  }

  /// Kind, shape and the first numbers: `F32[3, 4] 0.5 -1.25 …`.
  @Override
  public String toString() {
    var text = new StringBuilder().append(dtype()).append(Arrays.toString(dimensions));
    for (int i = 0; i < Math.min(size, 6); i++) {
      text.append(' ').append(floats != null ? floats()[i] + "" : doubles()[i] + "");
    }
    return text.append(size > 6 ? " …" : "").toString();
  }
}
