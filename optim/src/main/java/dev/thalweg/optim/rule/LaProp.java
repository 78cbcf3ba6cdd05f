package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// LaProp: first divided by the root, then averaged. Ziyin, Wang & Ueda 2020, arXiv 2002.04839.
public final class LaProp implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "laprop",
            Family.ADAM,
            "the average of normalised gradients",
            "Ziyin, Wang & Ueda 2020, arXiv 2002.04839")
        .taking(
            number("lr", 4e-4, POSITIVE, "the paper"),
            number("beta1", 0.9, FRACTION, "the paper"),
            number("beta2", 0.999, FRACTION, "the paper"),
            number("epsilon", 1e-15, NOT_NEGATIVE, "the paper"));
  }

  @Override
  public String formula(Settings s) {
    return """
    v = beta2 * v + (1 - beta2) * g^2
    m = beta1 * m + (1 - beta1) * g / (sqrt(v / (1 - beta2^t)) + epsilon)
    p -= lr * m / (1 - beta1^t)\
    """;
  }
}
