package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.clip`, as Optax computes it.
public final class OptaxClip implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.clip (STAGE): each number of the update into [-max_delta, max_delta]
        max_delta:limit in (0, ∞)
        """);
  }

  @Override
  public String formula(Settings s) {
    return "g = clip(g, -limit, limit)";
  }
}
