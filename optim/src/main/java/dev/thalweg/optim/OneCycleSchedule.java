package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import java.util.List;
import java.util.OptionalLong;

/// Up from `start` to `peak`, which is reached at step rise · steps, and down to `end`, which is
/// reached at step `steps`.
///
/// Smith & Topin, "Super-convergence", 2018, arXiv 1708.07120; the two divisors are PyTorch's
/// defaults. PyTorch's own `OneCycleLR` is one step earlier (its last update has the value `end`),
/// Optax' `cosine_onecycle_schedule` rounds the peak's place down.
///
/// @param peak finite
/// @param steps at least 1; empty: the run's
/// @param rise the part that goes up; in [0, 1], by default 0.3
/// @param start finite, by default peak/25
/// @param end finite, by default peak/250000
/// @param curve COSINE by default
public record OneCycleSchedule(
    double peak, OptionalLong steps, double rise, double start, double end, Curve curve)
    implements Schedule {
  /// [#rise] by default.
  static final double RISE = 0.3;

  /// The peak over [#start].
  static final double DIVISOR = 25;

  /// The peak over [#end].
  static final double FINAL_DIVISOR = 25e4;

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public OneCycleSchedule {
    ScheduleLimit.FINITE.check("one_cycle: peak", peak);
    ScheduleLimit.checkSteps("one_cycle: steps", 1, steps.orElse(1));
    ScheduleLimit.FRACTION.check("one_cycle: rise", rise);
    ScheduleLimit.FINITE.check("one_cycle: start", start);
    ScheduleLimit.FINITE.check("one_cycle: end", end);
  }

  @Override
  public double at(long step) {
    double length = ScheduleText.length(this, steps);
    return new InterpolatedSchedule(
            List.of(start, peak, end), List.of(0.0, rise * length, length), curve)
        .at(step);
  }

  @Override
  public boolean isResolved() {
    return steps.isPresent();
  }

  @Override
  public Schedule resolved(long totalSteps) {
    ScheduleLimit.checkSteps("one_cycle: the run's steps", 1, totalSteps);
    return isResolved()
        ? this
        : new OneCycleSchedule(peak, OptionalLong.of(totalSteps), rise, start, end, curve);
  }

  @Override
  public double least() {
    return Math.min(peak, Math.min(start, end));
  }

  @Override
  public double greatest() {
    return Math.max(peak, Math.max(start, end));
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("one_cycle")
        .with(peak)
        .with("steps", steps)
        .with("rise", rise, RISE)
        .with("start", start, peak / DIVISOR)
        .with("end", end, peak / FINAL_DIVISOR)
        .with("curve", curve, Curve.COSINE)
        .toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
