package dev.thalweg.optim;

import java.util.SequencedMap;

/// Adam with decoupled weight decay, the decay multiplied by the rate:
///
/// m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← θ − α (m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε) + λθ),
/// t = 1, 2, …, m and v beginning at 0.
///
/// Loshchilov & Hutter, "Decoupled weight decay regularization", 2019, arXiv 1711.05101. PyTorch's
/// `AdamW` and Optax's `adamw` compute the same; the paper multiplies λ by the schedule's factor
/// alone, not by α. With λ = 0 it is [Adam].
///
/// @param learningRate α, in (0, ∞); text `lr`, default 1e-3
/// @param beta1 β₁, in [0, 1); text `beta1`, default 0.9
/// @param beta2 β₂, in [0, 1); text `beta2`, default 0.999
/// @param epsilon ε, in (0, ∞); text `epsilon`, default 1e-8
/// @param weightDecay λ, in [0, ∞); text `weight_decay`, default 0.01 as in PyTorch
public record AdamW(
    Schedule learningRate, Schedule beta1, Schedule beta2, Schedule epsilon, Schedule weightDecay)
    implements Optimizer {
  private static final OptimizerKind KIND = OptimizerKind.ADAMW;

  /// @throws IllegalArgumentException if a value is out of its range
  public AdamW {
    KIND.check(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public AdamW withLearningRate(double learningRate) {
    return new AdamW(Schedule.constant(learningRate), beta1, beta2, epsilon, weightDecay);
  }

  /// The same with another β₁.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1)
  public AdamW withBeta1(double beta1) {
    return new AdamW(learningRate, Schedule.constant(beta1), beta2, epsilon, weightDecay);
  }

  /// The same with another β₂.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1)
  public AdamW withBeta2(double beta2) {
    return new AdamW(learningRate, beta1, Schedule.constant(beta2), epsilon, weightDecay);
  }

  /// The same with another ε.
  ///
  /// @throws IllegalArgumentException if it is not positive and finite
  public AdamW withEpsilon(double epsilon) {
    return new AdamW(learningRate, beta1, beta2, Schedule.constant(epsilon), weightDecay);
  }

  /// The same with another λ.
  ///
  /// @throws IllegalArgumentException if it is negative or not finite
  public AdamW withWeightDecay(double weightDecay) {
    return new AdamW(learningRate, beta1, beta2, epsilon, Schedule.constant(weightDecay));
  }

  @Override
  public String name() {
    return KIND.text();
  }

  @Override
  public SequencedMap<String, Schedule> hyperparameters() {
    return OptimizerText.byName(KIND, learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /// The text form: `adamw(lr=0.001)`, `adamw(lr=0.001, weight_decay=0.05)`.
  @Override
  public String toString() {
    return OptimizerText.print(KIND, this);
  }
}
