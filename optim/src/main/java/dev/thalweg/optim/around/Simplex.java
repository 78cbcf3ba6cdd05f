package dev.thalweg.optim.around;

import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Weights, of each parameter by itself, that are not negative and add up to a number: shares.
public final class Simplex implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "simplex",
            Family.STAGE,
            "weights that are not negative and add up to a number",
            "Duchi et al. 2008; Optax `projection_simplex`")
        .taking(number("total", 1, POSITIVE, "Optax"));
  }

  @Override
  public String formula(Settings s) {
    return "…\np = simplex_projected(p, total)";
  }
}
