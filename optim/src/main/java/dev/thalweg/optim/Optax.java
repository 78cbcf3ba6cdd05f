package dev.thalweg.optim;

/// Optimizers as Optax 0.2.8 computes it, with that library's defaults. Everything else its calls
/// can be told is set by `with(name, value)`, with that library's names, or by [Optimizer#parse]:
/// `optax.adam(...)`.
public final class Optax {
  private Optax() {}

  /// `optax.sgd`; its formula is `Optimizers.describe("optax.sgd")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer sgd(double learningRate) {
    return Optimizers.named("optax.sgd").withLearningRate(learningRate);
  }

  /// `optax.adagrad`; its formula is `Optimizers.describe("optax.adagrad")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer adagrad(double learningRate) {
    return Optimizers.named("optax.adagrad").withLearningRate(learningRate);
  }

  /// `optax.rmsprop`; its formula is `Optimizers.describe("optax.rmsprop")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer rmsprop(double learningRate) {
    return Optimizers.named("optax.rmsprop").withLearningRate(learningRate);
  }

  /// `optax.adam`; its formula is `Optimizers.describe("optax.adam")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer adam(double learningRate) {
    return Optimizers.named("optax.adam").withLearningRate(learningRate);
  }

  /// `optax.adamw`; its formula is `Optimizers.describe("optax.adamw")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer adamw(double learningRate) {
    return Optimizers.named("optax.adamw").withLearningRate(learningRate);
  }
}
