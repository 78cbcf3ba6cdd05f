package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A linear warm-up to `peak`, peak · (t + 1)/warmup for t < warmup or from `start` as in
/// [WarmupSchedule], and half a cosine down to `end`:
///
/// end + (peak − end) · ((1 + cos πs) / 2)^exponent, s = min((t − warmup) / (steps − warmup), 1).
///
/// The length **includes** the warm-up, as in Optax' `warmup_cosine_decay_schedule`; Keras'
/// `CosineDecay` counts it besides. Loshchilov & Hutter, "SGDR: stochastic gradient descent with
/// warm restarts", 2017, arXiv 1608.03983 (there without the warm-up).
///
/// @param peak the value at step `warmup`; finite
/// @param warmup how many steps rise; at least 0, by default 0
/// @param steps at which step the value is `end`, more than `warmup`; empty: the run's
/// @param start the value at step 0 if there is a warm-up, finite; empty: a warmup-th of `peak`
/// @param end the last value; finite, by default 0
/// @param exponent positive, by default 1
/// @param pastEnd what comes after `steps`; HOLD by default
public record CosineSchedule(
    double peak,
    long warmup,
    OptionalLong steps,
    OptionalDouble start,
    double end,
    double exponent,
    PastEnd pastEnd)
    implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public CosineSchedule {
    ScheduleLimit.FINITE.check("cosine: peak", peak);
    ScheduleLimit.checkSteps("cosine: warmup", 0, warmup);
    ScheduleLimit.checkSteps("cosine: steps", 1, steps.orElse(1));
    ScheduleLimit.FINITE.check("cosine: start", start.orElse(0));
    ScheduleLimit.FINITE.check("cosine: end", end);
    ScheduleLimit.POSITIVE.check("cosine: exponent", exponent);
    if (steps.orElse(Long.MAX_VALUE) <= warmup) {
      throw new IllegalArgumentException(
          "cosine: steps, which include the warm-up of %d, must be more than that, found %d"
              .formatted(warmup, steps.getAsLong()));
    }
  }

  /// The same with a linear warm-up.
  ///
  /// @throws IllegalArgumentException if it is negative or the length not more than it
  public CosineSchedule withWarmup(long warmup) {
    return new CosineSchedule(peak, warmup, steps, start, end, exponent, pastEnd);
  }

  /// The same with a length, which includes the warm-up.
  ///
  /// @throws IllegalArgumentException if it is not more than the warm-up
  public CosineSchedule withSteps(long steps) {
    return new CosineSchedule(peak, warmup, OptionalLong.of(steps), start, end, exponent, pastEnd);
  }

  /// The same with this value at step 0 of the warm-up.
  ///
  /// @throws IllegalArgumentException if it is not finite
  public CosineSchedule withStart(double start) {
    return new CosineSchedule(
        peak, warmup, steps, OptionalDouble.of(start), end, exponent, pastEnd);
  }

  /// The same with another last value.
  ///
  /// @throws IllegalArgumentException if it is not finite
  public CosineSchedule withEnd(double end) {
    return new CosineSchedule(peak, warmup, steps, start, end, exponent, pastEnd);
  }

  @Override
  public double at(long step) {
    long length = ScheduleText.length(this, steps);
    if (step < warmup) {
      return WarmupSchedule.rising(start, peak, step, warmup);
    }
    long late = step - warmup;
    long fall = length - warmup;
    if (pastEnd == PastEnd.MIRROR) {
      late %= 2 * fall;
      late = late > fall ? 2 * fall - late : late;
    }
    if (late == 0) {
      return peak;
    }
    if (late >= fall) {
      return end;
    }
    double left = Curve.COSINE.remaining((double) late / fall);
    return end + (peak - end) * (exponent == 1 ? left : StrictMath.pow(left, exponent));
  }

  @Override
  public boolean isResolved() {
    return steps.isPresent();
  }

  @Override
  public Schedule resolved(long totalSteps) {
    ScheduleLimit.checkSteps("cosine: the run's steps", 1, totalSteps);
    if (isResolved()) {
      return this;
    }
    if (totalSteps <= warmup) {
      throw new IllegalArgumentException(
          "%s: the run must be longer than the warm-up, found %d steps"
              .formatted(this, totalSteps));
    }
    return withSteps(totalSteps);
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
    return new ScheduleCall("cosine")
        .with(peak)
        .with("warmup", warmup, 0)
        .with("steps", steps)
        .with("start", start)
        .with("end", end, 0)
        .with("exponent", exponent, 1)
        .with("past_end", pastEnd, PastEnd.HOLD)
        .toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
