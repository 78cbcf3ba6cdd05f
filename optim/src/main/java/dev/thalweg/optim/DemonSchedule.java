package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import java.util.OptionalLong;

/// A momentum that decays so that what a gradient adds to all later steps falls in a line: β(1 − s)
/// / (1 − β + β(1 − s)), s = min(t / steps, 1). Chen et al., "Demon", 2019, arXiv 1910.04952,
/// equation 3. For the momentum of any method: `momentum(0.1, momentum=demon(0.9))`, or the β₁ of
/// Adam.
///
/// @param initial β, in [0, 1]
/// @param steps at least 1; empty: the run's
public record DemonSchedule(double initial, OptionalLong steps) implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public DemonSchedule {
    ScheduleLimit.FRACTION.check("demon: initial", initial);
    ScheduleLimit.checkSteps("demon: steps", 1, steps.orElse(1));
  }

  @Override
  public double at(long step) {
    double left = initial * Math.max(0, 1 - step / (double) ScheduleText.length(this, steps));
    return left == 0 ? 0 : left / (1 - initial + left);
  }

  @Override
  public boolean isResolved() {
    return steps.isPresent();
  }

  @Override
  public Schedule resolved(long totalSteps) {
    ScheduleLimit.checkSteps("demon: the run's steps", 1, totalSteps);
    return isResolved() ? this : new DemonSchedule(initial, OptionalLong.of(totalSteps));
  }

  @Override
  public double least() {
    return 0;
  }

  @Override
  public double greatest() {
    return initial;
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("demon").with(initial).with("steps", steps).toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
