package dev.thalweg.optim;

/// Optimizers as PyTorch 2.15.0 computes it, with that library's defaults. Everything else its
/// calls can be told is set by `with(name, value)`, with that library's names, or by
/// [Optimizer#parse]: `torch.Adam(...)`.
public final class Torch {
  private Torch() {}

  /// `torch.SGD`; its formula is `Optimizers.describe("torch.SGD")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer sgd(double learningRate) {
    return Optimizers.named("torch.SGD").withLearningRate(learningRate);
  }

  /// `torch.Adagrad`; its formula is `Optimizers.describe("torch.Adagrad")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer adagrad(double learningRate) {
    return Optimizers.named("torch.Adagrad").withLearningRate(learningRate);
  }

  /// `torch.RMSprop`; its formula is `Optimizers.describe("torch.RMSprop")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer rmsprop(double learningRate) {
    return Optimizers.named("torch.RMSprop").withLearningRate(learningRate);
  }

  /// `torch.Adam`; its formula is `Optimizers.describe("torch.Adam")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer adam(double learningRate) {
    return Optimizers.named("torch.Adam").withLearningRate(learningRate);
  }

  /// `torch.AdamW`; its formula is `Optimizers.describe("torch.AdamW")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer adamw(double learningRate) {
    return Optimizers.named("torch.AdamW").withLearningRate(learningRate);
  }
}
