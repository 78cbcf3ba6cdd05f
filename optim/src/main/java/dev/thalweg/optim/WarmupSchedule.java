package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import dev.thalweg.kernels.NotNull;
import java.util.OptionalDouble;

/// In a line up to what another schedule begins with, then that one: then(0) · (t + 1)/steps for t
/// < steps, and then(t − steps) from there on. The first update has a steps-th of the value, the
/// last one of the warm-up all of it, as in [NoamSchedule] and in Schedule-Free.
///
/// With a `start` it is start + (then(0) − start) · t/steps for t < steps, as in Optax and Keras:
/// of 0 the first update moves nothing.
///
/// @param steps at least 1
/// @param then begins at its own step 0 when the warm-up is over
/// @param start the value at step 0, finite; empty: a steps-th of then(0)
public record WarmupSchedule(long steps, Schedule then, OptionalDouble start) implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public WarmupSchedule {
    NotNull.check(then, "then");
    ScheduleLimit.checkSteps("warmup: steps", 1, steps);
    ScheduleLimit.FINITE.check("warmup: start", start.orElse(0));
  }

  /// The value at a step of a warm-up, of this schedule or of another one.
  ///
  /// @param step less than `steps`
  static double rising(OptionalDouble start, double peak, long step, long steps) {
    return start.isPresent()
        ? Curve.LINEAR.between(start.getAsDouble(), peak, (double) step / steps)
        : peak * ((step + 1.0) / steps);
  }

  /// The same from another value, that of step 0.
  ///
  /// @throws IllegalArgumentException if it is not finite
  public WarmupSchedule withStart(double start) {
    return new WarmupSchedule(steps, then, OptionalDouble.of(start));
  }

  @Override
  public double at(long step) {
    return step < steps ? rising(start, then.at(0), step, steps) : then.at(step - steps);
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
    return Math.min(start.orElse(then.least() / steps), then.least());
  }

  @Override
  public double greatest() {
    return Math.max(start.orElse(then.greatest() / steps), then.greatest());
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("warmup").with(steps).with(then).with("start", start).toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
