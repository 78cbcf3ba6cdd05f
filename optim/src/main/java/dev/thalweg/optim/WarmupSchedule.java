package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;

/// Linear from `start` to what another schedule begins with, then that one: start + (then(0) −
/// start) · t/steps for t < steps, then(t − steps) from there on.
///
/// @param steps at least 1
/// @param then begins at its own step 0 when the warm-up is over
/// @param start the value at step 0; finite, by default 0
public record WarmupSchedule(long steps, Schedule then, double start) implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public WarmupSchedule {
    ScheduleLimit.checkSteps("warmup: steps", 1, steps);
    ScheduleLimit.FINITE.check("warmup: start", start);
  }

  @Override
  public double at(long step) {
    return step < steps
        ? Curve.LINEAR.between(start, then.at(0), (double) step / steps)
        : then.at(step - steps);
  }

  @Override
  public boolean isResolved() {
    return then.isResolved();
  }

  @Override
  public Schedule resolved(long totalSteps) {
    ScheduleLimit.checkSteps("warmup: the run's steps", 1, totalSteps);
    if (isResolved()) {
      return this;
    }
    if (totalSteps <= steps) {
      throw new IllegalArgumentException(
          "%s: the run must be longer than the warm-up, found %d steps"
              .formatted(this, totalSteps));
    }
    return new WarmupSchedule(steps, then.resolved(totalSteps - steps), start);
  }

  @Override
  public double least() {
    return Math.min(start, then.least());
  }

  @Override
  public double greatest() {
    return Math.max(start, then.greatest());
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("warmup").with(steps).with(then).with("start", start, 0).toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
