package dev.thalweg.formats;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Numbers in a shape, as safetensors stores them: dense, row-major, F32 or F64.
///
/// It stands on the array that it was made of, without a copy, since that may be hundreds of
/// megabytes: who writes to the array changes the values. Equal if shape, type and every bit are.
public final class SafetensorsArray {

  private final float @Nullable [] floats;
  private final double @Nullable [] doubles;
  private final int start;
  private final int size;
  private final int[] shape;

  private SafetensorsArray(
      float @Nullable [] floats, double @Nullable [] doubles, int start, int[] shape, int length) {
    this.floats = floats;
    this.doubles = doubles;
    this.start = start;
    this.shape = shape.clone();
    this.size = Shapes.size(shape);
    Objects.checkIndex(start, length + 1);
    if (size > length - start) {
      throw new IllegalArgumentException(
          "array of shape %s: expected %d numbers, found %d"
              .formatted(Arrays.toString(shape), size, length - start));
    }
  }

  /// An F32 array.
  ///
  /// @param values as many as the shape says; no copy is made
  /// @param shape the sizes of the dimensions, none for a scalar
  /// @throws IllegalArgumentException if the shape has a negative size or another number of values
  public static SafetensorsArray of(float[] values, int... shape) {
    return new SafetensorsArray(values, null, 0, exact(shape, values.length), values.length);
  }

  /// An F64 array.
  ///
  /// @param values as many as the shape says; no copy is made
  /// @param shape the sizes of the dimensions, none for a scalar
  /// @throws IllegalArgumentException if the shape has a negative size or another number of values
  public static SafetensorsArray of(double[] values, int... shape) {
    return new SafetensorsArray(null, values, 0, exact(shape, values.length), values.length);
  }

  /// An F32 array that is a stretch of a longer one.
  ///
  /// @throws IllegalArgumentException if the shape has a negative size or more numbers than there
  ///   are from `start` on
  /// @throws IndexOutOfBoundsException if `start` is not in the array
  public static SafetensorsArray part(float[] values, int start, int... shape) {
    return new SafetensorsArray(values, null, start, shape, values.length);
  }

  /// An F64 array that is a stretch of a longer one.
  ///
  /// @throws IllegalArgumentException if the shape has a negative size or more numbers than there
  ///   are from `start` on
  /// @throws IndexOutOfBoundsException if `start` is not in the array
  public static SafetensorsArray part(double[] values, int start, int... shape) {
    return new SafetensorsArray(null, values, start, shape, values.length);
  }

  private static int[] exact(int[] shape, int length) {
    int size = Shapes.size(shape);
    if (size != length) {
      throw new IllegalArgumentException(
          "array of shape %s: expected %d numbers, found %d"
              .formatted(Arrays.toString(shape), size, length));
    }
    return shape;
  }

  /// The name that the format has for the type: `F32` or `F64`.
  public String dtype() {
    return floats != null ? "F32" : "F64";
  }

  /// The sizes of the dimensions; a fresh array.
  public int[] shape() {
    return shape.clone();
  }

  /// How many numbers there are.
  public int size() {
    return size;
  }

  /// The numbers of an F32 array; the array itself where it holds nothing else, else a copy.
  ///
  /// @throws IllegalStateException if [#dtype] is not `F32`
  public float[] floats() {
    if (floats == null) {
      throw new IllegalStateException("expected an array of F32, found F64");
    }
    return size == floats.length ? floats : Arrays.copyOfRange(floats, start, start + size);
  }

  /// The numbers of an F64 array; the array itself where it holds nothing else, else a copy.
  ///
  /// @throws IllegalStateException if [#dtype] is not `F64`
  public double[] doubles() {
    if (doubles == null) {
      throw new IllegalStateException("expected an array of F64, found F32");
    }
    return size == doubles.length ? doubles : Arrays.copyOfRange(doubles, start, start + size);
  }

  float @Nullable [] floatStorage() {
    return floats;
  }

  double @Nullable [] doubleStorage() {
    return doubles;
  }

  int start() {
    return start;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SafetensorsArray that
        && dtype().equals(that.dtype())
        && Arrays.equals(shape, that.shape)
        && (floats != null
            ? Arrays.equals(floats(), that.floats())
            : Arrays.equals(doubles(), that.doubles()));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape)
        + (floats != null ? Arrays.hashCode(floats()) : Arrays.hashCode(doubles()));
  }

  @Override
  public String toString() {
    return dtype() + Arrays.toString(shape);
  }
}
