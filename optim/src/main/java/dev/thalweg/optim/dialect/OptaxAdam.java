package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.adam`, as Optax computes it.
public final class OptaxAdam implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.adam (ADAM): Adam, a second ε inside the root where wanted
        learning_rate:lr in [0, ∞)
        b1:beta1 = 0.9 in [0, 1)
        b2:beta2 = 0.999 in [0, 1)
        eps:epsilon = 1e-8 in [0, ∞)
        eps_root = 0 in [0, ∞)
        mu_dtype
        *
        nesterov = false
        """);
  }

  @Override
  public String formula(Settings s) {
    return OptaxCalls.moments() + "p -= lr * " + OptaxCalls.adamStep(s);
  }
}
