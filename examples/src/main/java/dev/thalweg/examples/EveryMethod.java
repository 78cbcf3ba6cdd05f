package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// (θ − 5)² to 1e-8 by the rules that all others come from, the other libraries' calls included,
/// with settings that lead there.
///
/// Some things to see: what divides the gradient by its own size (RMSProp) steps to and fro around
/// the minimum unless its rate falls; AdaGrad, whose rates only fall, wants a large one; a decay of
/// the weights, which pulls towards 0, must be off, or the end is elsewhere.
///
/// Run it with `examples/run EveryMethod`.
public final class EveryMethod {

  /// In the order in which `thalweg optimizers` lists them.
  static final List<String> OPTIMIZERS =
      List.of(
          "sgd(0.1)",
          "momentum(0.1)",
          "nesterov(0.1)",
          "adagrad(2)",
          "rmsprop(exponential(0.5, 0.97))",
          "adam(0.5)",
          "adamw(0.5, weight_decay=0)",
          "torch.SGD(lr=0.1, momentum=0.5, dampening=0.2)",
          "torch.Adagrad(lr=2)",
          "torch.RMSprop(lr=exponential(0.5, 0.97), alpha=0.9)",
          "torch.Adam(lr=0.5)",
          "torch.AdamW(lr=0.5, weight_decay=0)",
          "keras.SGD(learning_rate=0.1, momentum=0.9, nesterov=true)",
          "keras.RMSprop(learning_rate=exponential(0.5, 0.97))",
          "keras.Adagrad(learning_rate=2)",
          "keras.Adam(learning_rate=0.5)",
          "keras.AdamW(learning_rate=0.5, weight_decay=0)",
          "optax.sgd(learning_rate=0.1, momentum=0.9)",
          "optax.adagrad(learning_rate=2)",
          "optax.rmsprop(learning_rate=exponential(0.5, 0.97))",
          "optax.adam(learning_rate=0.5)",
          "optax.adamw(learning_rate=0.5, weight_decay=0)",
          "optax.amsgrad(learning_rate=0.5)",
          "optax.trace(decay=0.9) | optax.scale_by_learning_rate(0.1)");

  private static final double CLOSE = 1e-8;

  private EveryMethod() {}

  /// Prints the table.
  public static void main(String[] arguments) {
    IO.println("(theta - 5)^2 from theta = 0 to 1e-8");
    for (String text : OPTIMIZERS) {
      Minimum answer = minimize(text);
      IO.println(
          "%-62s %5d steps  |theta - 5| = %.1e"
              .formatted(text, answer.iterations(), Math.abs(answer.point("theta") - 5)));
    }
  }

  /// The way down; the gradient is twice as large as θ − 5.
  static Minimum minimize(String optimizer) {
    return Minimizer.of(Optimizer.parse(optimizer))
        .withTolerance(2 * CLOSE)
        .minimize(Formula.parse("(theta-5)^2"), Map.of("theta", 0.0));
  }
}
