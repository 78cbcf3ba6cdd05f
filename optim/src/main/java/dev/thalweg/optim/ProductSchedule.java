package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import java.util.stream.DoubleStream;

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
    return ends().min().orElseThrow();
  }

  @Override
  public double greatest() {
    return ends().max().orElseThrow();
  }

  /// The products of the factors' bounds; 0 · ∞ is 0 here, since the infinite bound isn't attained.
  private DoubleStream ends() {
    return DoubleStream.of(first.least(), first.greatest())
        .flatMap(a ->
            DoubleStream.of(second.least(), second.greatest())
                .map(b -> a == 0 || b == 0 ? 0 : a * b));
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
