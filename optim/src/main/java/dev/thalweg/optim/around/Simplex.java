package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Weights, of each parameter by itself, that are not negative and add up to a number: shares.
public final class Simplex implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        simplex (STAGE): weights that are not negative and add up to a number
        Duchi et al. 2008; Optax `projection_simplex`
        total = 1 in (0, ∞): Optax
        """);
  }

  @Override
  public String formula(Settings s) {
    return "…\np = simplex_projected(p, total)";
  }
}
