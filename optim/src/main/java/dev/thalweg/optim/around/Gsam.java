package dev.thalweg.optim.around;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Sharpness-aware with the surrogate gap: besides the gradient at the climbed point, uphill along
/// the part of the first gradient that is orthogonal to it, which makes the gap between both points
/// smaller. Zhuang et al. 2022, arXiv 2203.08065, algorithm 1. A step takes two gradients.
public final class Gsam implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "gsam",
            Family.STAGE,
            "sharpness-aware, and the gap to the highest point nearby made smaller",
            "Zhuang et al. 2022, arXiv 2203.08065")
        .taking(
            number("rho", 0.05, POSITIVE, "SAM's paper; a schedule as that of the rate in theirs"),
            number("alpha", 0.4, NOT_NEGATIVE, "pytorch_optimizer"),
            number("epsilon", 1e-12, NOT_NEGATIVE, "the authors"));
  }

  @Override
  public String formula(Settings s) {
    return "start = p\nfirst = g\n"
        + Sam.climb(s)
        + Sam.BACK
        + """

        share = where(global_norm(g) > 0, global_sum(first * g) / global_norm(g)^2, 0)
        g -= alpha * (first - share * g)\
        """;
  }
}
