package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Weights whose norm, of each parameter by itself, is at most a radius: what is farther out is
/// brought back to the ball after each step of what is within.
public final class L2Ball implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        l2_ball (STAGE): weights in a ball: their norm at most a radius
        projected descent: Goldstein 1964; Optax `projection_l2_ball`
        radius = 1 in (0, ∞): Optax
        """);
  }

  @Override
  public String formula(Settings s) {
    return "…\np = p * radius / max(norm(p), radius)";
  }
}
