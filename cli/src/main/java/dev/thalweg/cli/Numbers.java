package dev.thalweg.cli;

import dev.thalweg.formula.CallValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers as people read them.
final class Numbers {

  private Numbers() {}

  /// All digits, as they are typed: `0.1`, `1e-8`, `5`, `NaN`.
  static String text(double number) {
    return Double.isFinite(number)
        ? CallValue.Numeral.of(number).toString()
        : Double.toString(number);
  }

  /// Six significant digits at most.
  static String shortText(double number) {
    return text(number, 6);
  }

  /// A number of things: `12,345`.
  ///
  /// (`%,d` looks up how a locale groups digits: half a millisecond where it is seldom called.)
  static String count(long number) {
    var digits = new StringBuilder(Long.toString(number));
    for (int at = digits.length() - 3; at > (number < 0 ? 1 : 0); at -= 3) {
      digits.insert(at, ',');
    }
    return digits.toString();
  }

  /// A figure, with four digits behind the point: `0.9389`.
  static String figure(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }

  /// So many significant digits at most.
  static String text(double number, int digits) {
    return Double.isFinite(number)
        ? text(new BigDecimal(number).round(new MathContext(digits)).doubleValue())
        : Double.toString(number);
  }
}
