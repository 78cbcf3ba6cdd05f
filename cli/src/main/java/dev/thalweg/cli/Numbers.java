package dev.thalweg.cli;

import dev.thalweg.formula.CallValue;
import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers as people read them.
final class Numbers {

  private static final MathContext SHORT = new MathContext(6);

  private Numbers() {}

  /// All digits, as they are typed: `0.1`, `1e-8`, `5`, `NaN`.
  static String text(double number) {
    return Double.isFinite(number)
        ? CallValue.Numeral.of(number).toString()
        : Double.toString(number);
  }

  /// Six significant digits at most.
  static String shortText(double number) {
    return Double.isFinite(number)
        ? text(new BigDecimal(number).round(SHORT).doubleValue())
        : Double.toString(number);
  }
}
