package dev.thalweg.optim;

import java.util.SequencedMap;

/// Adam, with ε outside the root, as algorithm 1 of its paper:
///
/// m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← θ − α · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε), t =
/// 1, 2, …, m and v beginning at 0.
///
/// Kingma & Ba, "Adam: a method for stochastic optimization", 2015, arXiv 1412.6980. PyTorch's
/// `Adam` and Optax's `adam` compute the same; Keras has ε elsewhere.
///
/// @param learningRate α, in (0, ∞); text `lr`, default 1e-3
/// @param beta1 β₁, in [0, 1); text `beta1`, default 0.9
/// @param beta2 β₂, in [0, 1); text `beta2`, default 0.999
/// @param epsilon ε, in (0, ∞); text `epsilon`, default 1e-8
public record Adam(Schedule learningRate, Schedule beta1, Schedule beta2, Schedule epsilon)
    implements Optimizer {
  private static final OptimizerKind KIND = OptimizerKind.ADAM;

  /// @throws IllegalArgumentException if a value is out of its range
  public Adam {
    KIND.check(learningRate, beta1, beta2, epsilon);
  }

  @Override
  public Adam withLearningRate(double learningRate) {
    return new Adam(Schedule.constant(learningRate), beta1, beta2, epsilon);
  }

  /// The same with another β₁.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1)
  public Adam withBeta1(double beta1) {
    return new Adam(learningRate, Schedule.constant(beta1), beta2, epsilon);
  }

  /// The same with another β₂.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1)
  public Adam withBeta2(double beta2) {
    return new Adam(learningRate, beta1, Schedule.constant(beta2), epsilon);
  }

  /// The same with another ε.
  ///
  /// @throws IllegalArgumentException if it is not positive and finite
  public Adam withEpsilon(double epsilon) {
    return new Adam(learningRate, beta1, beta2, Schedule.constant(epsilon));
  }

  @Override
  public String name() {
    return KIND.text();
  }

  @Override
  public SequencedMap<String, Schedule> hyperparameters() {
    return OptimizerText.byName(KIND, learningRate, beta1, beta2, epsilon);
  }

  /// The text form: `adam(lr=0.001)`, `adam(lr=0.001, beta2=0.99)`.
  @Override
  public String toString() {
    return OptimizerText.print(KIND, this);
  }
}
