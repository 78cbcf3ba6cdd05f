package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.ema`, as Optax computes it.
public final class OptaxEma implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.ema (STAGE): the average of the updates
        decay:momentum in [0, 1)
        debias = true
        accumulator_dtype
        """);
  }

  @Override
  public String formula(Settings s) {
    return "v = momentum * v + (1 - momentum) * g\ng = v"
        + (s.flag("debias") ? " / (1 - momentum^t)" : "");
  }
}
