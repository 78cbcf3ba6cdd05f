package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// Optimistic descent: θ ← θ − η((α + β)g − βg₋), for games. Mokhtari et al. 2019, arXiv
/// 1901.08511. In the first step g₋ is g.
public final class Optimistic implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "optimistic",
            Family.DESCENT,
            "the gradient, and how it has changed",
            "Mokhtari et al. 2019, arXiv 1901.08511")
        .taking(
            number("lr", 0.01, POSITIVE, "this library's choice"),
            number("alpha", 1, NOT_NEGATIVE, "the paper"),
            number("beta", 1, NOT_NEGATIVE, "the paper"))
        .as(Library.OPTAX, "optimistic_gradient_descent", "learning_rate, alpha=1.0, beta=1.0");
  }

  @Override
  public String formula(Settings s) {
    return """
    p -= lr * ((alpha + beta) * g - beta * where(t > 1, before, g))
    before = g\
    """;
  }
}
