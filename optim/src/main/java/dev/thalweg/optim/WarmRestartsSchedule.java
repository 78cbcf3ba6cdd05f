package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;

/// Half a cosine from `peak` to `end`, again and again, each `factor` times as long as the one
/// before and reaching up only `decay` times as far above `end`:
///
/// end + (peak − end) · decayⁱ · (1 + cos πs) / 2, in the period i = 0, 1, …, of length steps ·
/// factorⁱ, at the part s of it.
///
/// Loshchilov & Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017, arXiv
/// 1608.03983, without the decay, which is Keras'. PyTorch's `CosineAnnealingWarmRestarts`, Keras'
/// `CosineDecayRestarts`.
///
/// @param peak the value at step 0; finite
/// @param steps the length of the first period; at least 1
/// @param factor at least 1, by default 1
/// @param decay at least 0, by default 1
/// @param end finite, by default 0
public record WarmRestartsSchedule(double peak, long steps, double factor, double decay, double end)
    implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public WarmRestartsSchedule {
    ScheduleLimit.FINITE.check("warm_restarts: peak", peak);
    ScheduleLimit.checkSteps("warm_restarts: steps", 1, steps);
    ScheduleLimit.AT_LEAST_ONE.check("warm_restarts: factor", factor);
    ScheduleLimit.NOT_NEGATIVE.check("warm_restarts: decay", decay);
    ScheduleLimit.FINITE.check("warm_restarts: end", end);
  }

  @Override
  public double at(long step) {
    double count = period(step);
    double s = (step - begin(count)) / (steps * StrictMath.pow(factor, count));
    double height = (peak - end) * StrictMath.pow(decay, count);
    return end + height * Curve.COSINE.remaining(Math.clamp(s, 0, 1));
  }

  /// The period in which a step lies. The logarithms may be one off where a period begins; once
  /// periods are too many for a `double` to tell from their neighbours, the nearest one stands.
  private double period(long step) {
    if (factor == 1) {
      return ScheduleText.periods(step, steps, true);
    }
    double count =
        Math.floor(StrictMath.log1p((factor - 1) * step / steps) / StrictMath.log(factor));
    if (begin(count) > step) {
      return count - 1;
    }
    return begin(count + 1) <= step ? count + 1 : count;
  }

  /// The step at which a period begins: steps · (1 + factor + … + factor^(period − 1)). Exact for
  /// whole factors; for those near 1 nothing cancels.
  private double begin(double period) {
    if (factor == 1) {
      return steps * period;
    }
    double growth =
        factor < 1.5
            ? StrictMath.expm1(period * StrictMath.log1p(factor - 1))
            : StrictMath.pow(factor, period) - 1;
    return steps * (growth / (factor - 1));
  }

  @Override
  public double least() {
    return decay > 1 && peak < end ? Double.NEGATIVE_INFINITY : Math.min(peak, end);
  }

  @Override
  public double greatest() {
    return decay > 1 && peak > end ? Double.POSITIVE_INFINITY : Math.max(peak, end);
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("warm_restarts")
        .with(peak)
        .with(steps)
        .with("factor", factor, 1)
        .with("decay", decay, 1)
        .with("end", end, 0)
        .toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
