package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import java.util.OptionalLong;

/// From `initial` to `end`, slowly at first and fast in the end: end + (initial − end) (1 − s) / (1
/// − s / 2), s = min(t / steps, 1). Chen et al., "REX", 2021, arXiv 2107.04197.
///
/// @param initial the value at step 0; finite
/// @param steps at least 1; empty: the run's
/// @param end the value from step `steps` on; finite, by default 0
public record RexSchedule(double initial, OptionalLong steps, double end) implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public RexSchedule {
    ScheduleLimit.FINITE.check("rex: initial", initial);
    ScheduleLimit.checkSteps("rex: steps", 1, steps.orElse(1));
    ScheduleLimit.FINITE.check("rex: end", end);
  }

  @Override
  public double at(long step) {
    double s = step / (double) ScheduleText.length(this, steps);
    return s >= 1 ? end : end + (initial - end) * (1 - s) / (1 - s / 2);
  }

  @Override
  public boolean isResolved() {
    return steps.isPresent();
  }

  @Override
  public Schedule resolved(long totalSteps) {
    ScheduleLimit.checkSteps("rex: the run's steps", 1, totalSteps);
    return isResolved() ? this : new RexSchedule(initial, OptionalLong.of(totalSteps), end);
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
    return new ScheduleCall("rex").with(initial).with("steps", steps).with("end", end, 0).toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
