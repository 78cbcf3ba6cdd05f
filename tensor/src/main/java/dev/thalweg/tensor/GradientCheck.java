package dev.thalweg.tensor;

import java.util.Arrays;

/// The entry of a gradient that agrees worst with central differences.
///
/// @param index its position in row-major order; −1 where there was nothing to check
/// @param shape of the whole gradient
/// @param derived what differentiation gave
/// @param difference what central differences gave
/// @param error |derived − difference| / max(1, |derived|, |difference|); NaN if either is
public record GradientCheck(
    int index, Shape shape, double derived, double difference, double error) {

  /// Whether the error is at most this; a NaN never is.
  public boolean within(double tolerance) {
    return error <= tolerance;
  }

  /// The entry's position in each dimension.
  public int[] position() {
    int[] position = new int[shape.rank()];
    int rest = Math.max(index, 0);
    for (int i = shape.rank() - 1; i >= 0; i--) {
      int n = Math.max(shape.dimension(i), 1);
      position[i] = rest % n;
      rest /= n;
    }
    return position;
  }

  /// `worst entry [0, 2]: derived 1.5, differences 1.4999999, error 2.1e-08`
  @Override
  public String toString() {
    return index < 0
        ? "nothing to check"
        : "worst entry "
            + Arrays.toString(position())
            + ": derived "
            + derived
            + ", differences "
            + difference
            + ", error "
            + error;
  }
}
