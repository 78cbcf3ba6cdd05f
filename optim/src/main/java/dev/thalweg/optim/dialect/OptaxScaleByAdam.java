package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.scale_by_adam`, as Optax computes it.
public final class OptaxScaleByAdam implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.scale_by_adam (STAGE): Adam's direction
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
    return OptaxCalls.moments() + "g = " + OptaxCalls.adamStep(s);
  }
}
