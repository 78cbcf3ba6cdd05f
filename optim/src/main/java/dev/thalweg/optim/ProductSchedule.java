package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;

/// The product of two schedules at each step: a schedule scaled, or a warm-up of another one's
/// clock, `times(exponential(0.1, rate=0.99), warmup(100, 1))`.
///
/// @param first any
/// @param second any, often a constant
public record ProductSchedule(Schedule first, Schedule second) implements Schedule {

  @Override
  public double at(long step) {
    return first.at(step) * second.at(step);
  }

  @Override
  public boolean isResolved() {
    return first.isResolved() && second.isResolved();
  }

  @Override
  public Schedule resolved(long totalSteps) {
    return isResolved()
        ? this
        : new ProductSchedule(first.resolved(totalSteps), second.resolved(totalSteps));
  }

  @Override
  public double least() {
    double[] ends = ends();
    return Math.min(Math.min(ends[0], ends[1]), Math.min(ends[2], ends[3]));
  }

  @Override
  public double greatest() {
    double[] ends = ends();
    return Math.max(Math.max(ends[0], ends[1]), Math.max(ends[2], ends[3]));
  }

  /// The products of the factors' bounds; 0 · ∞ is 0 here, since the infinite bound isn't attained.
  private double[] ends() {
    return new double[] {
      product(first.least(), second.least()),
      product(first.least(), second.greatest()),
      product(first.greatest(), second.least()),
      product(first.greatest(), second.greatest())
    };
  }

  private static double product(double a, double b) {
    return a == 0 || b == 0 ? 0 : a * b;
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("times").with(first).with(second).toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}
