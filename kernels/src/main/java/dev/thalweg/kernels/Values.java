package dev.thalweg.kernels;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Numbers in a shape, on a plain array: what the modules hand each other without knowing each
/// other's types. A tensor is one, and so is the array behind a parameter.
///
/// The numbers are dense and row-major and begin at index 0 of the array. The array is the storage
/// itself, not a copy: who writes to it changes the values.
public interface Values {

  /// What the numbers are.
  DType dtype();

  /// The sizes of the dimensions; empty for a scalar. A fresh array.
  int[] dimensions();

  /// Whether these are the sizes of the dimensions; makes no array where that is a matter of speed.
  default boolean hasDimensions(int[] sizes) {
    return Arrays.equals(dimensions(), sizes);
  }

  /// How many numbers there are.
  int size();

  /// The storage of an F32 array, `size()` numbers from index 0 on (the array may be longer).
  ///
  /// @throws IllegalStateException if [#dtype] is not F32
  float[] floats();

  /// The storage of an F64 array, `size()` numbers from index 0 on (the array may be longer).
  ///
  /// @throws IllegalStateException if [#dtype] is not F64
  double[] doubles();

  /// The storage of an I32 array, `size()` numbers from index 0 on (the array may be longer).
  ///
  /// @throws IllegalStateException if [#dtype] is not I32
  default int[] ints() {
    throw new IllegalStateException("expected values of I32, found " + dtype());
  }

  /// The rows, places along the first dimension, without which all numbers are +0, where that is
  /// known: of the gradient of a table of which few rows were looked up. Null where there may be
  /// other numbers anywhere. Who writes to the array of values that have such a list writes to
  /// these rows only.
  default @Nullable UsedRows usedRows() {
    return null;
  }
}
