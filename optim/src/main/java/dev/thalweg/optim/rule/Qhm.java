package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.PART;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// Quasi-hyperbolic momentum: m ← βm + (1 − β)g, θ ← θ − α(νm + (1 − ν)g). Ma & Yarats 2019, arXiv
/// 1810.06801. ν = 0 is descent, ν = 1 averaged momentum, ν = β that of Nesterov.
public final class Qhm implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "qhm",
            Family.MOMENTUM,
            "a weighted mean of the gradient and of its average",
            "Ma & Yarats 2019, arXiv 1810.06801")
        .taking(
            number("lr", 1.0, POSITIVE, "the paper, section 3"),
            number("momentum", 0.999, FRACTION, "the paper, section 3"),
            number("nu", 0.7, PART, "the paper, section 3"));
  }

  @Override
  public String formula(Settings s) {
    return """
    m = momentum * m + (1 - momentum) * g
    p -= lr * (nu * m + (1 - nu) * g)\
    """;
  }
}
