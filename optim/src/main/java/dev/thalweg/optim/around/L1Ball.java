package dev.thalweg.optim.around;

import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Weights whose magnitudes, of each parameter by itself, add up to at most a radius: sparse ones.
public final class L1Ball implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "l1_ball",
            Family.STAGE,
            "weights whose magnitudes add up to at most a radius",
            "Duchi et al. 2008; Optax `projection_l1_ball`")
        .taking(number("radius", 1, POSITIVE, "Optax"));
  }

  @Override
  public String formula(Settings s) {
    return "…\np = l1_projected(p, radius)";
  }
}
