package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;

/// initial / (1 + decay · t/steps); in stairs: initial / (1 + decay · ⌊t/steps⌋).
///
/// Robbins & Monro, "A stochastic approximation method", 1951, ask for rates of this order. Keras'
/// `InverseTimeDecay`.
///
/// @param initial the value at step 0; finite
/// @param decay β, at least 0
/// @param steps in how many steps the divisor grows by `decay`; at least 1, by default 1
/// @param staircase whether it grows only then, at once
public record InverseTimeSchedule(double initial, double decay, long steps, boolean staircase)
    implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public InverseTimeSchedule {
    ScheduleLimit.FINITE.check("inverse_time: initial", initial);
    ScheduleLimit.NOT_NEGATIVE.check("inverse_time: decay", decay);
    ScheduleLimit.checkSteps("inverse_time: steps", 1, steps);
  }

  /// The same over other steps.
  ///
  /// @throws IllegalArgumentException if there is less than 1
  public InverseTimeSchedule withSteps(long steps) {
    return new InverseTimeSchedule(initial, decay, steps, staircase);
  }

  /// The same in stairs, or not.
  public InverseTimeSchedule withStaircase(boolean staircase) {
    return new InverseTimeSchedule(initial, decay, steps, staircase);
  }

  @Override
  public double at(long step) {
    double periods = ScheduleText.periods(step, steps, staircase);
    return initial / (1 + decay * periods);
  }

  @Override
  public double least() {
    return Math.min(initial, decay > 0 ? 0 : initial);
  }

  @Override
  public double greatest() {
    return Math.max(initial, decay > 0 ? 0 : initial);
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("inverse_time")
        .with(initial)
        .with("decay", decay)
        .with("steps", steps, 1)
        .with("staircase", staircase)
        .toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
