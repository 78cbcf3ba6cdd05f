package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

import dev.thalweg.optim.Parameter;

/// What a falling rate is for: stochastic gradient descent on the mean of xθ − log θ, with x drawn
/// evenly from (0, 1) at each step, under one rate after the other.
///
/// The minimum is θ = 2. A constant rate never comes to rest: the smaller, the closer it stays and
/// the longer it takes. A rate that falls does both, if it falls neither too early nor too late.
///
/// Run it with `examples/run LearningRateDecay`.
public final class LearningRateDecay {

  private static final int STEPS = 2000;
  private static final int RUNS = 50;
  private static final double START = 0.5;
  private static final double MINIMUM = 2;
  private static final long SEED = 3;

  /// The rates, by what they are.
  static final List<String> RATES =
      List.of(
          "0.5",
          "0.05",
          "0.005",
          "inverse_time(0.5, 0.05)",
          "exponential(0.5, 0.998)",
          "step(0.5, 0.2, steps=500)",
          "linear(0.5, 0, steps=2000)",
          "cosine(0.5, steps=2000)",
          "exponential(0.5, 0.9)");

  private LearningRateDecay() {}

  /// Prints the table.
  public static void main(String[] arguments) {
    IO.println("how far theta is from 2, root mean square of %d runs".formatted(RUNS));
    IO.println("%-28s %9s %9s %9s".formatted("rate", "100 steps", "500 steps", "2,000"));
    for (String rate : RATES) {
      IO.println(
          "%-28s %9.4f %9.4f %9.4f"
              .formatted(rate, off(rate, 100), off(rate, 500), off(rate, STEPS)));
    }
  }

  /// The root mean square of θ − 2 after so many steps.
  static double off(String rate, int steps) {
    double sum = 0;
    for (int i = 0; i < RUNS; i++) {
      double off = end(Schedule.parse(rate), Philox.of(SEED, i), steps) - MINIMUM;
      sum += off * off;
    }
    return Math.sqrt(sum / RUNS);
  }

  private static double end(Schedule rate, Philox random, int steps) {
    double[] theta = {START};
    OptimizerRun run =
        Optimizers.sgd(1).withLearningRate(rate).attach(Parameter.of("theta", theta));
    for (int step = 0; step < steps; step++) {
      run.step(new double[] {random.uniformDouble(step) - 1 / theta[0]});
    }
    return theta[0];
  }
}
