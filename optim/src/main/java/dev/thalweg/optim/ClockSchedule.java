package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import dev.thalweg.kernels.NotNull;

/// Another schedule by another clock than updates: of epochs, s(⌊t / size⌋), where `size` updates
/// are an epoch; of samples or tokens, s(t · size), where an update sees so many. A length that is
/// left out is the run's, by that clock.
///
/// @param then what goes by the clock
/// @param size at least 1
/// @param unit of the clock
public record ClockSchedule(Schedule then, long size, ClockUnit unit) implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public ClockSchedule {
    NotNull.check(then, "then");
    ScheduleLimit.checkSteps("clock: size", 1, size);
  }

  @Override
  public double at(long step) {
    return then.at(ticks(step));
  }

  private long ticks(long step) {
    return unit == ClockUnit.EPOCHS ? step / size : Math.multiplyExact(step, size);
  }

  @Override
  public boolean isResolved() {
    return then.isResolved();
  }

  @Override
  public Schedule resolved(long totalSteps) {
    ScheduleLimit.checkSteps("clock: the run's steps", 1, totalSteps);
    return isResolved()
        ? this
        : new ClockSchedule(then.resolved(Math.max(1, ticks(totalSteps))), size, unit);
  }

  @Override
  public double least() {
    return then.least();
  }

  @Override
  public double greatest() {
    return then.greatest();
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("clock")
        .with(then)
        .with(size)
        .with("unit", unit, ClockUnit.EPOCHS)
        .toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
