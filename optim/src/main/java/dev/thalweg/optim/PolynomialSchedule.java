package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import java.util.OptionalLong;

/// end + (initial − end) · (1 − min(t/steps, 1))^power; `linear` where the power is 1.
///
/// PyTorch's `PolynomialLR` and `LinearLR`, Keras' `PolynomialDecay`, Optax's `polynomial_schedule`
/// and `linear_schedule`.
///
/// @param initial the value at step 0; finite
/// @param end the value at step `steps`; finite
/// @param steps at least 1; empty: the run's
/// @param power positive, by default 1
/// @param cycle whether, instead of holding `end`, it falls again to `end` at each multiple of
///   `steps`, from the value that a polynomial of that length has: steps in the formula are then
///   steps · max(1, ⌈t/steps⌉), as in Keras
public record PolynomialSchedule(
    double initial, double end, OptionalLong steps, double power, boolean cycle)
    implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public PolynomialSchedule {
    String name = name(power, cycle);
    ScheduleLimit.FINITE.check(name + ": initial", initial);
    ScheduleLimit.FINITE.check(name + ": end", end);
    ScheduleLimit.checkSteps(name + ": steps", 1, steps.orElse(1));
    ScheduleLimit.POSITIVE.check(name + ": power", power);
  }

  private static String name(double power, boolean cycle) {
    return power == 1 && !cycle ? "linear" : "polynomial";
  }

  /// The same with another power.
  ///
  /// @throws IllegalArgumentException if it is not positive and finite
  public PolynomialSchedule withPower(double power) {
    return new PolynomialSchedule(initial, end, steps, power, cycle);
  }

  /// The same over and over, or not.
  public PolynomialSchedule withCycle(boolean cycle) {
    return new PolynomialSchedule(initial, end, steps, power, cycle);
  }

  @Override
  public double at(long step) {
    long length = ScheduleText.length(this, steps);
    long periods = cycle && step > length ? (step - 1) / length + 1 : 1;
    double s = (double) step / ((double) length * periods);
    if (s >= 1) {
      return end;
    }
    double left = power == 1 ? 1 - s : StrictMath.pow(1 - s, power);
    return s == 0 ? initial : end + (initial - end) * left;
  }

  @Override
  public boolean isResolved() {
    return steps.isPresent();
  }

  @Override
  public Schedule resolved(long totalSteps) {
    ScheduleLimit.checkSteps(name(power, cycle) + ": the run's steps", 1, totalSteps);
    return isResolved()
        ? this
        : new PolynomialSchedule(initial, end, OptionalLong.of(totalSteps), power, cycle);
  }

  @Override
  public double least() {
    return Math.min(initial, end);
  }

  @Override
  public double greatest() {
    return Math.max(initial, end);
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall(name(power, cycle))
        .with(initial)
        .with(end)
        .with("steps", steps)
        .with("power", power, 1)
        .with("cycle", cycle)
        .toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
