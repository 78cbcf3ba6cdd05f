package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.adagrad`, as Optax computes it.
public final class OptaxAdagrad implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.adagrad (ADAPTIVE): AdaGrad, ε inside the root, sums beginning at 0.1
        learning_rate:lr in [0, ∞)
        initial_accumulator_value = fixed 0.1 in [0, ∞)
        eps:epsilon = 1e-7 in [0, ∞)
        """);
  }

  @Override
  public String formula(Settings s) {
    return "init s = initial_accumulator_value\ns = s + g^2\np -= "
        + s.overRootWithin("eps", "lr * g", "s");
  }
}
