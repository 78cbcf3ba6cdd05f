package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Weights whose magnitudes, of each parameter by itself, add up to at most a radius: sparse ones.
public final class L1Ball implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        l1_ball (STAGE): weights whose magnitudes add up to at most a radius
        Duchi et al. 2008; Optax `projection_l1_ball`
        radius = 1 in (0, ∞): Optax
        """);
  }

  @Override
  public String formula(Settings s) {
    return "…\np = l1_projected(p, radius)";
  }
}
