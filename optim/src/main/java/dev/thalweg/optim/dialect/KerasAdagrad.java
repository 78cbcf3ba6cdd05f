package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `keras.optimizers.Adagrad`, as Keras computes it.
public final class KerasAdagrad implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        keras.Adagrad (ADAPTIVE): AdaGrad, ε inside the root, sums beginning at 0.1
        learning_rate:lr = 0.001 in [0, ∞)
        initial_accumulator_value = fixed 0.1 in [0, ∞)
        epsilon = 1e-7 in [0, ∞)
        weight_decay = none in [0, ∞)
        …
        """);
  }

  @Override
  public String formula(Settings s) {
    return KerasCalls.around(
        s,
        "init s = initial_accumulator_value\n"
            + KerasCalls.before(s)
            + "s = s + g^2\np -= lr * "
            + s.overRootWithin("epsilon", "g", "s"));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return KerasCalls.conflict(s);
  }
}
