package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;

/// The rate of the first transformer: peak · min((t + 1) / warmup, √(warmup / (t + 1))), up in a
/// line and down as an inverse root. Vaswani et al. 2017, arXiv 1706.03762, section 5.3, write
/// factor · width^−½ · min(t^−½, t · warmup^−3⁄2), t from 1, so that the peak is factor / √(width ·
/// warmup).
///
/// @param peak the value at step warmup − 1; finite
/// @param warmup at least 1
public record NoamSchedule(double peak, long warmup) implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public NoamSchedule {
    ScheduleLimit.FINITE.check("noam: peak", peak);
    ScheduleLimit.checkSteps("noam: warmup", 1, warmup);
  }

  @Override
  public double at(long step) {
    double t = step + 1.0;
    return peak * Math.min(t / warmup, Math.sqrt(warmup / t));
  }

  @Override
  public double least() {
    return Math.min(peak, 0);
  }

  @Override
  public double greatest() {
    return Math.max(peak, 0);
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("noam").with(peak).with("warmup", warmup).toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
