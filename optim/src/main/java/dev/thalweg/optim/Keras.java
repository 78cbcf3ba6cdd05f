package dev.thalweg.optim;

/// Optimizers as Keras 3.15.1 computes it, with that library's defaults. Everything else its calls
/// can be told is set by `with(name, value)`, with that library's names, or by [Optimizer#parse]:
/// `keras.Adam(...)`.
public final class Keras {
  private Keras() {}

  /// `keras.SGD`; its formula is `Optimizers.describe("keras.SGD")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer sgd(double learningRate) {
    return Optimizers.named("keras.SGD").withLearningRate(learningRate);
  }

  /// `keras.Adagrad`; its formula is `Optimizers.describe("keras.Adagrad")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer adagrad(double learningRate) {
    return Optimizers.named("keras.Adagrad").withLearningRate(learningRate);
  }

  /// `keras.RMSprop`; its formula is `Optimizers.describe("keras.RMSprop")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer rmsprop(double learningRate) {
    return Optimizers.named("keras.RMSprop").withLearningRate(learningRate);
  }

  /// `keras.Adam`; its formula is `Optimizers.describe("keras.Adam")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer adam(double learningRate) {
    return Optimizers.named("keras.Adam").withLearningRate(learningRate);
  }

  /// `keras.AdamW`; its formula is `Optimizers.describe("keras.AdamW")`.
  ///
  /// @throws IllegalArgumentException if the rate is negative or not finite
  public static Optimizer adamw(double learningRate) {
    return Optimizers.named("keras.AdamW").withLearningRate(learningRate);
  }
}
