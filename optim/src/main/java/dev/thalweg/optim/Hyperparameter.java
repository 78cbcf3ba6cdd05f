package dev.thalweg.optim;

import java.util.Optional;

/// What an optimizer can be told: a name, the values that make sense, and the one it has when
/// nothing is said.
///
/// @param name as in the text form: `lr`, `beta1`, `weight_decay`
/// @param defaultValue used where none is given
/// @param range where a value must lie
/// @param source where the default comes from
public record Hyperparameter(String name, double defaultValue, Range range, String source) {

  /// An interval of numbers.
  ///
  /// @param low the lower end
  /// @param lowIncluded whether it belongs to the interval
  /// @param high the upper end, never in the interval; positive infinity where there is none
  public record Range(double low, boolean lowIncluded, double high) {
    /// (0, ∞)
    static final Range POSITIVE = new Range(0, false, Double.POSITIVE_INFINITY);

    /// [0, ∞)
    static final Range NOT_NEGATIVE = new Range(0, true, Double.POSITIVE_INFINITY);

    /// [0, 1)
    static final Range FRACTION = new Range(0, true, 1);

    /// Whether a value lies in the interval; NaN never does.
    public boolean contains(double value) {
      return (value > low || (lowIncluded && value == low)) && value < high;
    }

    /// `[0, 1)`, `(0, ∞)`
    @Override
    public String toString() {
      return (lowIncluded ? "[" : "(")
          + new Schedule.Constant(low)
          + ", "
          + (Double.isInfinite(high) ? "∞" : new Schedule.Constant(high))
          + ")";
    }
  }

  /// Why a value is refused, if it is.
  Optional<String> complaint(String optimizer, double value) {
    return range.contains(value)
        ? Optional.empty()
        : Optional.of(optimizer + ": " + name + " must lie in " + range + ", found " + value);
  }
}
