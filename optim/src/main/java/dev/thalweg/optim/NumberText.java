package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;

/// Numbers in messages.
final class NumberText {
  private NumberText() {}

  /// As it is typed, and reads back: `0.001`, `1e-8`, `128`, `NaN`.
  static String of(double number) {
    return Double.isFinite(number)
        ? CallValue.Numeral.of(number).toString()
        : Double.toString(number);
  }
}
