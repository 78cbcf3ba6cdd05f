package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// AdaBound: Adam's rate of each number, clipped to a range that goes from (0, ∞) to `final_lr`.
/// Luo et al. 2019, arXiv 1902.09843, as the authors' code has it.
public final class AdaBound implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "adabound",
            Family.ADAM,
            "Adam whose rates are led into a range that closes around one",
            "Luo et al. 2019, arXiv 1902.09843")
        .taking(
            number("lr", 1e-3, POSITIVE, "the paper"),
            number("beta1", 0.9, FRACTION, "Kingma & Ba 2015"),
            number("beta2", 0.999, FRACTION, "Kingma & Ba 2015"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "Kingma & Ba 2015"),
            number("final_lr", 0.1, POSITIVE, "the paper"),
            number("gamma", 1e-3, POSITIVE, "the paper"));
  }

  @Override
  public String formula(Settings s) {
    return """
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g^2
    rate = lr * sqrt(1 - beta2^t) / (1 - beta1^t) / (sqrt(v) + epsilon)
    rate = clip(rate, final_lr * (1 - 1 / (gamma * t + 1)), final_lr * (1 + 1 / (gamma * t)))
    p -= rate * m\
    """;
  }
}
