package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// Signs of an average: m ← βm + (1 − β)g, θ ← θ − α sign(m). Bernstein et al. 2018, arXiv
/// 1802.04434, algorithm 2.
public final class Signum implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "signum",
            Family.MOMENTUM,
            "along the sign of the average of the gradients",
            "Bernstein et al. 2018, arXiv 1802.04434")
        .taking(
            number("lr", 1e-3, POSITIVE, "this library's choice"),
            number("momentum", 0.9, FRACTION, "the paper, section 5"))
        .as(Library.OPTAX, "signum", "learning_rate, beta:momentum=0.9, accumulator_dtype");
  }

  @Override
  public String formula(Settings s) {
    return """
    m = momentum * m + (1 - momentum) * g
    p -= lr * sign(m)\
    """;
  }
}
