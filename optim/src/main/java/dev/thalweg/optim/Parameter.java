package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.HasValues;
import dev.thalweg.kernels.Values;
import java.util.Arrays;

/// Named values that an optimizer moves.
///
/// A parameter holds no gradient and no optimizer state: gradients are handed to
/// [OptimizerRun#step], state belongs to the run. The array behind it is the one that was given,
/// not a copy: a step is seen by whoever holds the array.
///
/// ```java
/// float[] weights = {1, 2, 3};
/// var run = Optimizers.adamw(1e-3).attach(Parameter.of("weights", weights));
/// run.step(new float[] {0.5f, 0, -0.5f});   // weights have moved
/// ```
///
/// Two parameters are the same only if they are one object.
public final class Parameter implements HasValues {
  private final String name;
  private final Values values;

  private Parameter(String name, Values values) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a parameter must have a name, found '" + name + "'");
    }
    if (values.dtype() == DType.I32) {
      throw new IllegalArgumentException(
          "parameter " + name + ": expected F32 or F64, found whole numbers, I32");
    }
    this.name = name;
    this.values = values;
  }

  /// A vector of F32 numbers: the array itself.
  ///
  /// @throws IllegalArgumentException if the name is blank
  public static Parameter of(String name, float[] values) {
    return of(name, new int[] {values.length}, values);
  }

  /// A vector of F64 numbers: the array itself.
  ///
  /// @throws IllegalArgumentException if the name is blank
  public static Parameter of(String name, double[] values) {
    return of(name, new int[] {values.length}, values);
  }

  /// F32 numbers in a shape, row-major: the array itself.
  ///
  /// @param dimensions the sizes of the dimensions; empty for a scalar
  /// @throws IllegalArgumentException if the name is blank or the shape does not hold the array
  public static Parameter of(String name, int[] dimensions, float[] values) {
    return of(name, ArrayValues.of(name, dimensions, values));
  }

  /// F64 numbers in a shape, row-major: the array itself.
  ///
  /// @param dimensions the sizes of the dimensions; empty for a scalar
  /// @throws IllegalArgumentException if the name is blank or the shape does not hold the array
  public static Parameter of(String name, int[] dimensions, double[] values) {
    return of(name, ArrayValues.of(name, dimensions, values));
  }

  /// Values that something else owns, a tensor's for example: not a copy. Their kind, shape and
  /// storage must not change while a run is attached.
  ///
  /// @throws IllegalArgumentException if the name is blank, or they are whole numbers
  public static Parameter of(String name, Values values) {
    return new Parameter(name, values);
  }

  /// The name: unique among the parameters of a run.
  public String name() {
    return name;
  }

  @Override
  public Values values() {
    return values;
  }

  /// What the numbers are.
  public DType dtype() {
    return values.dtype();
  }

  /// The sizes of the dimensions; empty for a scalar. A fresh array.
  public int[] dimensions() {
    return values.dimensions();
  }

  /// How many numbers there are.
  public int size() {
    return values.size();
  }

  /// Name, kind and shape: `weights F32[784, 64]`.
  @Override
  public String toString() {
    return name + " " + dtype() + Arrays.toString(dimensions());
  }
}
