package dev.thalweg.optim;

import java.util.SequencedMap;

/// Gradient descent: θ ← θ − αg.
///
/// Stochastic when the gradient comes from a sample or a batch; the rule is the same. Robbins &
/// Monro, "A stochastic approximation method", 1951.
///
/// @param learningRate α, in (0, ∞); text `lr`, default 0.01
public record Sgd(Schedule learningRate) implements Optimizer {
  private static final OptimizerKind KIND = OptimizerKind.SGD;

  /// @throws IllegalArgumentException if the rate is not positive and finite
  public Sgd {
    KIND.check(learningRate);
  }

  @Override
  public Sgd withLearningRate(double learningRate) {
    return new Sgd(Schedule.constant(learningRate));
  }

  @Override
  public String name() {
    return KIND.text();
  }

  @Override
  public SequencedMap<String, Schedule> hyperparameters() {
    return OptimizerText.byName(KIND, learningRate);
  }

  /// The text form: `sgd(lr=0.01)`.
  @Override
  public String toString() {
    return OptimizerText.print(KIND, this);
  }
}
