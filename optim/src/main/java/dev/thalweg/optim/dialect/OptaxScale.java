package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.scale`, as Optax computes it.
public final class OptaxScale implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.scale (STAGE): the update times a number
        step_size:factor in (-∞, ∞)
        = optax.scale_by_schedule(step_size_fn:step_size)
        """);
  }

  @Override
  public String formula(Settings s) {
    return "g = factor * g";
  }
}
