package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Family;

/// Polyak's step: along the gradient as far as the function would have to go down to its least
/// value, if it were linear. Polyak 1987; with a largest rate, for gradients of batches, Loizou et
/// al. 2021, arXiv 2002.10542 (SPSmax). `value` is what is minimised, where the step begins.
public final class Polyak implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "polyak",
            Family.DESCENT,
            "along the gradient as far as a linear function goes down to its least value",
            "Polyak 1987; Loizou et al. 2021, arXiv 2002.10542")
        .taking(
            number("lr", 1, POSITIVE, "Optax: the largest rate"),
            number("bound", 0, Range.ANY, "f*, the least value, or a bound below it"),
            number("epsilon", 0, NOT_NEGATIVE, "Optax"));
  }

  @Override
  public String formula(Settings s) {
    String square = s.has("epsilon") ? "(global_norm(g)^2 + epsilon)" : "global_norm(g)^2";
    return "gap = max(value - bound, 0)\nrate = where(global_norm(g) > 0, gap / "
        + square
        + ", 0)\np -= min(rate, lr) * g";
  }
}
