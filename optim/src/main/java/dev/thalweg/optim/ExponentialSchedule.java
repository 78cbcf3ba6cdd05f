package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import java.util.OptionalDouble;

/// initial · rate^(t/steps); in stairs, `step`: initial · rate^⌊t/steps⌋.
///
/// PyTorch's `ExponentialLR` and `StepLR`, Keras' `ExponentialDecay`, Optax's `exponential_decay`.
///
/// @param initial the value at step 0; finite
/// @param rate γ: positive; any finite number where the exponents are whole, in stairs or with
///   `steps` 1
/// @param steps in how many steps the value is multiplied by `rate` once; at least 1
/// @param staircase whether it is so only then, at once
/// @param end where the value stops: below it if `rate` < 1, above it otherwise
public record ExponentialSchedule(
    double initial, double rate, long steps, boolean staircase, OptionalDouble end)
    implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public ExponentialSchedule {
    String name = staircase ? "step: " : "exponential: ";
    ScheduleLimit.FINITE.check(name + "initial", initial);
    ScheduleLimit.checkSteps(name + "steps", 1, steps);
    ofRate(steps, staircase).check(name + "rate", rate);
    ScheduleLimit.FINITE.check(name + "end", end.orElse(0));
  }

  /// Of what sign rates may be.
  static ScheduleLimit ofRate(long steps, boolean staircase) {
    return staircase || steps == 1 ? ScheduleLimit.FINITE : ScheduleLimit.POSITIVE;
  }

  /// The same in stairs, or not.
  public ExponentialSchedule withStaircase(boolean staircase) {
    return new ExponentialSchedule(initial, rate, steps, staircase, end);
  }

  /// The same with a floor, or where `rate` is 1 or more a ceiling.
  ///
  /// @throws IllegalArgumentException if it is not finite
  public ExponentialSchedule withEnd(double end) {
    return new ExponentialSchedule(initial, rate, steps, staircase, OptionalDouble.of(end));
  }

  @Override
  public double at(long step) {
    double periods = ScheduleText.periods(step, steps, staircase);
    return limited(initial * StrictMath.pow(rate, periods));
  }

  private double limited(double value) {
    if (end.isEmpty()) {
      return value;
    }
    return rate < 1 ? Math.max(value, end.getAsDouble()) : Math.min(value, end.getAsDouble());
  }

  /// What the value tends to, or is.
  private double limit() {
    if (Math.abs(rate) == 1 || initial == 0) {
      return limited(initial);
    }
    return limited(Math.abs(rate) < 1 ? 0 : initial * Double.POSITIVE_INFINITY);
  }

  /// The farthest on the other side of 0, where it goes there.
  private double opposite() {
    if (rate >= 0 || initial == 0) {
      return limited(initial);
    }
    return limited(rate < -1 ? initial * Double.NEGATIVE_INFINITY : initial * rate);
  }

  @Override
  public double least() {
    return Math.min(opposite(), Math.min(limited(initial), limit()));
  }

  @Override
  public double greatest() {
    return Math.max(opposite(), Math.max(limited(initial), limit()));
  }

  @Override
  public CallValue toValue() {
    var call =
        new ScheduleCall(staircase ? "step" : "exponential")
            .with(initial)
            .with("rate", rate)
            .with("steps", steps);
    return (end.isPresent() ? call.with("end", end.getAsDouble()) : call).toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
