package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.fixed;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// Yogi: v ← v − (1 − β₂) sign(v − g²) g². Zaheer et al. 2018, with the corrections of Adam and
/// both averages beginning at 1e-6, as all libraries have it.
public final class Yogi implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "yogi",
            Family.ADAM,
            "Adam whose squares grow and shrink by at most one gradient's",
            "Zaheer et al. 2018, NeurIPS 31")
        .taking(
            number("lr", 0.01, POSITIVE, "the paper"),
            number("beta1", 0.9, FRACTION, "Kingma & Ba 2015"),
            number("beta2", 0.999, FRACTION, "Kingma & Ba 2015"),
            number("epsilon", 1e-3, NOT_NEGATIVE, "the paper"),
            fixed("initial_accumulator", 1e-6, NOT_NEGATIVE, "Optax: of both averages"))
        .as(Library.OPTAX, "yogi", "learning_rate, b1=0.9, b2=0.999, eps=0.001");
  }

  @Override
  public String formula(Settings s) {
    return """
    init m = initial_accumulator
    init v = initial_accumulator
    m = beta1 * m + (1 - beta1) * g
    v -= (1 - beta2) * sign(v - g^2) * g^2
    p -= lr * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)\
    """;
  }
}
