package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.trace`, as Optax computes it.
public final class OptaxTrace implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.trace (STAGE): a fading sum of the updates
        decay:momentum in [0, 1]
        nesterov = false
        accumulator_dtype
        """);
  }

  @Override
  public String formula(Settings s) {
    return "v = g + momentum * v\ng = " + (s.flag("nesterov") ? "g + momentum * v" : "v");
  }
}
