package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Warm-up, stable, decay: in a line to `peak`, peak · (t + 1)/warmup or from `start` as in
/// [WarmupSchedule], then `peak`, and in the last `decay` steps down to `end`, which is reached at
/// step `steps`.
///
/// Hu et al., "MiniCPM", 2024, arXiv 2404.06395. The length includes all three parts. The curve 1 −
/// √s is that of Hägele et al. 2024, arXiv 2405.18392.
///
/// @param peak finite
/// @param decay how many steps fall; at least 1
/// @param warmup how many steps rise; at least 0, by default 0
/// @param steps at least warmup + decay; empty: the run's
/// @param start the value at step 0 if there is a warm-up, finite; empty: a warmup-th of `peak`
/// @param end finite, by default 0
/// @param curve SQRT by default
public record StableDecaySchedule(
    double peak,
    long decay,
    long warmup,
    OptionalLong steps,
    OptionalDouble start,
    double end,
    Curve curve)
    implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public StableDecaySchedule {
    ScheduleLimit.FINITE.check("wsd: peak", peak);
    ScheduleLimit.checkSteps("wsd: decay", 1, decay);
    ScheduleLimit.checkSteps("wsd: warmup", 0, warmup);
    ScheduleLimit.checkSteps("wsd: steps", 1, steps.orElse(1));
    ScheduleLimit.FINITE.check("wsd: start", start.orElse(0));
    ScheduleLimit.FINITE.check("wsd: end", end);
    if (steps.orElse(Long.MAX_VALUE) < warmup + decay) {
      throw new IllegalArgumentException(
          "wsd: steps must be at least warmup + decay = %d, found %d"
              .formatted(warmup + decay, steps.getAsLong()));
    }
  }

  @Override
  public double at(long step) {
    long fall = ScheduleText.length(this, steps) - decay;
    if (step < warmup) {
      return WarmupSchedule.rising(start, peak, step, warmup);
    }
    return curve.between(peak, end, (double) (step - fall) / decay);
  }

  @Override
  public boolean isResolved() {
    return steps.isPresent();
  }

  @Override
  public Schedule resolved(long totalSteps) {
    ScheduleLimit.checkSteps("wsd: the run's steps", 1, totalSteps);
    if (isResolved()) {
      return this;
    }
    if (totalSteps < warmup + decay) {
      throw new IllegalArgumentException(
          "%s: the run must have at least warmup + decay = %d steps, found %d"
              .formatted(this, warmup + decay, totalSteps));
    }
    return new StableDecaySchedule(
        peak, decay, warmup, OptionalLong.of(totalSteps), start, end, curve);
  }

  /// The value at step 0.
  private double first() {
    return warmup > 0 ? WarmupSchedule.rising(start, peak, 0, warmup) : peak;
  }

  @Override
  public double least() {
    return Math.min(Math.min(peak, end), first());
  }

  @Override
  public double greatest() {
    return Math.max(Math.max(peak, end), first());
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("wsd")
        .with(peak)
        .with("decay", decay)
        .with("warmup", warmup, 0)
        .with("steps", steps)
        .with("start", start)
        .with("end", end, 0)
        .with("curve", curve, Curve.SQRT)
        .toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
