package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// Aggregated momentum: several buffers, and the mean of them. Lucas et al. 2019, arXiv 1804.00325.
public final class AggMo implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "aggmo",
            Family.MOMENTUM,
            "along the mean of three sums that fade at different rates",
            "Lucas et al. 2019, arXiv 1804.00325")
        .taking(
            number("lr", 0.1, POSITIVE, "the paper"),
            number("beta1", 0, FRACTION, "the paper"),
            number("beta2", 0.9, FRACTION, "the paper"),
            number("beta3", 0.99, FRACTION, "the paper"));
  }

  @Override
  public String formula(Settings s) {
    return """
    v1 = beta1 * v1 + g
    v2 = beta2 * v2 + g
    v3 = beta3 * v3 + g
    p -= lr * (v1 + v2 + v3) / 3\
    """;
  }
}
