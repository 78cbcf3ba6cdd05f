package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;

/// The value of a hyperparameter as a pure function of the step.
///
/// A schedule holds no state and doesn't depend on the order of calls, so that resuming a run needs
/// nothing but its step. Step 0 is the first update: before it no gradient has been applied.
public sealed interface Schedule permits Schedule.Constant {

  /// The value used by the update with this number, counted from 0.
  double at(long step);

  /// The same value at every step.
  static Schedule constant(double value) {
    return new Constant(value);
  }

  /// The same value at every step.
  record Constant(double value) implements Schedule {
    @Override
    public double at(long step) {
      return value;
    }

    /// The shortest text that reads back as this number: `0.001`, `1e-5`.
    @Override
    public String toString() {
      return Double.isFinite(value)
          ? CallValue.Numeral.of(value).toString()
          : Double.toString(value);
    }
  }
}
