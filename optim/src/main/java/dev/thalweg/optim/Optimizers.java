package dev.thalweg.optim;

import java.util.List;

/// Makes optimizers by name.
///
/// ```java
/// import static dev.thalweg.optim.Optimizers.adamw;
/// var optimizer = adamw(1e-3).withWeightDecay(0.05);
/// ```
public final class Optimizers {
  private Optimizers() {}

  /// Gradient descent: θ ← θ − αg.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite
  public static Sgd sgd(double learningRate) {
    return (Sgd) OptimizerKind.SGD.withDefaults(learningRate);
  }

  /// Descent with momentum 0.9 in the trace form: v ← 0.9v + g, θ ← θ − αv.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite
  public static Momentum momentum(double learningRate) {
    return (Momentum) OptimizerKind.MOMENTUM.withDefaults(learningRate);
  }

  /// Descent with momentum in the trace form: v ← βv + g, θ ← θ − αv.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite, or β not in [0, 1)
  public static Momentum momentum(double learningRate, double momentum) {
    return momentum(learningRate).withMomentum(momentum);
  }

  /// Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8, the paper's values.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite
  public static Adam adam(double learningRate) {
    return (Adam) OptimizerKind.ADAM.withDefaults(learningRate);
  }

  /// AdamW with the paper's β₁ = 0.9, β₂ = 0.999, ε = 1e-8, and PyTorch's decay of 0.01.
  ///
  /// @throws IllegalArgumentException if the rate is not positive and finite
  public static AdamW adamw(double learningRate) {
    return (AdamW) OptimizerKind.ADAMW.withDefaults(learningRate);
  }

  /// The names that [Optimizer#parse] knows.
  public static List<String> names() {
    return OptimizerKind.names();
  }

  /// What an optimizer can be told, with defaults, ranges and where they come from; `lr` first.
  ///
  /// @throws IllegalArgumentException if there is no such optimizer
  public static List<Hyperparameter> hyperparameters(String name) {
    return OptimizerKind.named(name)
        .orElseThrow(() -> new IllegalArgumentException(OptimizerKind.unknown(name)))
        .hyperparameters();
  }
}
