package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// Momentum 0.9 and 0.99, and none, on the digits. A coefficient of β makes a step of what the last
/// 1 / (1 − β) gradients say: 10 of them or 100. At the same learning rate 0.99 therefore takes
/// steps that grow to ten times those of 0.9; with a tenth of the learning rate they are of one
/// size, and what is left is its longer memory.
///
/// Run it with `examples/run MomentumCoefficients`.
public final class MomentumCoefficients {

  private MomentumCoefficients() {}

  /// What is compared.
  static final List<String> OPTIMIZERS =
      List.of(
          "sgd(0.01)",
          "momentum(0.01, momentum=0.9)",
          "momentum(0.01, momentum=0.99)",
          "momentum(0.001, momentum=0.99)");

  /// Prints the loss by epoch of each, and how well it reads digits it has not seen.
  public static void main(String[] arguments) {
    List<Outcome> outcomes = OPTIMIZERS.stream().map(text -> train(text, 15)).toList();
    outcomes.forEach(
        o -> IO.println("%s: %s".formatted((char) ('A' + outcomes.indexOf(o)), o.optimizer)));
    IO.println("epoch        A        B        C        D");
    for (int epoch = 0; epoch < 15; epoch++) {
      StringBuilder line = new StringBuilder("%5d".formatted(epoch + 1));
      for (Outcome outcome : outcomes) {
        line.append("%9.4f".formatted(outcome.losses.get(epoch)));
      }
      IO.println(line);
    }
    StringBuilder line = new StringBuilder("right");
    outcomes.forEach(outcome -> line.append("%9.4f".formatted(outcome.accuracy)));
    IO.println(line);
  }

  /// What an optimizer came to.
  ///
  /// @param losses of the epochs
  /// @param accuracy on a fifth of the digits that was not trained on
  record Outcome(String optimizer, List<Double> losses, double accuracy) {}

  /// Trains by one of them.
  static Outcome train(String optimizer, int epochs) {
    Split digits = Datasets.named("digits").split(0.8, 7);
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(epochs)
            .withSeed(7)
            .fit(
                Models.parse("mlp(32)", 10),
                Losses.softmaxCrossEntropy(),
                Optimizer.parse(optimizer),
                digits.train());
    List<Double> losses =
        fitted.history().orElseThrow().epochs().stream().map(epoch -> epoch.loss()).toList();
    return new Outcome(optimizer, losses, fitted.evaluate(digits.test()).accuracy());
  }
}
