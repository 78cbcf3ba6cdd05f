package dev.thalweg.formula;

/// An interval of numbers: what an argument's value may be.
///
/// @param low the lower end
/// @param lowIncluded whether it belongs to the interval
/// @param high the upper end
/// @param highIncluded whether it belongs to the interval
public record Range(double low, boolean lowIncluded, double high, boolean highIncluded) {
  /// (0, ∞)
  public static final Range POSITIVE = new Range(0, false, Double.POSITIVE_INFINITY, false);

  /// (0, ∞]
  public static final Range POSITIVE_OR_INFINITE =
      new Range(0, false, Double.POSITIVE_INFINITY, true);

  /// [0, ∞)
  public static final Range NOT_NEGATIVE = new Range(0, true, Double.POSITIVE_INFINITY, false);

  /// [0, 1)
  public static final Range FRACTION = new Range(0, true, 1, false);

  /// [0, 1]
  public static final Range PART = new Range(0, true, 1, true);

  /// (−∞, ∞)
  public static final Range ANY =
      new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false);

  /// Whether a value lies in the interval; NaN never does.
  public boolean contains(double value) {
    return (value > low || (lowIncluded && value == low))
        && (value < high || (highIncluded && value == high));
  }

  /// `[0, 1)`, `(0, ∞)`
  @Override
  public String toString() {
    return (lowIncluded ? "[" : "(") + text(low) + ", " + text(high) + (highIncluded ? "]" : ")");
  }

  /// A number as it is written: `0.5`, `∞`.
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
    }
    return CallValue.Numeral.of(value).toString();
  }
}
