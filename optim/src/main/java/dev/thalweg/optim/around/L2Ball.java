package dev.thalweg.optim.around;

import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Weights whose norm, of each parameter by itself, is at most a radius: what is farther out is
/// brought back to the ball after each step of what is within.
public final class L2Ball implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "l2_ball",
            Family.STAGE,
            "weights in a ball: their norm at most a radius",
            "projected descent: Goldstein 1964; Optax `projection_l2_ball`")
        .taking(number("radius", 1, POSITIVE, "Optax"));
  }

  @Override
  public String formula(Settings s) {
    return "…\np = p * radius / max(norm(p), radius)";
  }
}
