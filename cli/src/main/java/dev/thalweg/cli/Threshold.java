package dev.thalweg.cli;

import java.util.OptionalDouble;

/// From which probability on the positive class is predicted.
///
/// @param probability in (0, 1); empty: to be chosen on the validation part
record Threshold(OptionalDouble probability) {

  boolean isAuto() {
    return probability.isEmpty();
  }

  /// As it is typed.
  @Override
  public String toString() {
    return isAuto() ? "auto" : Numbers.text(probability.getAsDouble());
  }
}
