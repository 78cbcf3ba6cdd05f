package dev.thalweg.formats;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Numbers in a shape, as NumPy's files store them, in double whatever the file has. Row-major.
///
/// It owns its numbers: they are copied in and out. Equal if shape, type and every bit are.
public final class NpyArray {

  private final NpyType type;
  private final double[] values;
  private final int[] shape;

  NpyArray(NpyType type, double[] values, int[] shape) {
    int size = Shapes.size(shape);
    if (size != values.length) {
      throw new IllegalArgumentException(
          "array of shape %s: expected %d numbers, found %d"
              .formatted(Arrays.toString(shape), size, values.length));
    }
    this.type = type;
    this.values = values;
    this.shape = shape;
  }

  /// An array that is written as `<f8`.
  ///
  /// @param shape the sizes of the dimensions, none for a scalar
  /// @throws IllegalArgumentException if the shape has a negative size or another number of values
  public static NpyArray of(double[] values, int... shape) {
    return new NpyArray(NpyType.FLOAT64, values.clone(), shape.clone());
  }

  /// An array that is written as `<f4`.
  ///
  /// @param shape the sizes of the dimensions, none for a scalar
  /// @throws IllegalArgumentException if the shape has a negative size or another number of values
  public static NpyArray of(float[] values, int... shape) {
    var copy = new double[values.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i];
    }
    return new NpyArray(NpyType.FLOAT32, copy, shape.clone());
  }

  /// The type in the file.
  public NpyType type() {
    return type;
  }

  /// The sizes of the dimensions; a fresh array.
  public int[] shape() {
    return shape.clone();
  }

  /// How many numbers there are.
  public int size() {
    return values.length;
  }

  /// The numbers, row-major; a fresh array.
  public double[] doubles() {
    return values.clone();
  }

  /// The numbers rounded to float, row-major; a fresh array.
  public float[] floats() {
    var floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  double[] storage() {
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NpyArray that
        && type == that.type
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return type + Arrays.toString(shape);
  }
}
