package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// SM3: AdaGrad with the largest sums of each row and column in the place of all. Anil et al. 2019,
/// arXiv 1901.11150, SM3-II, with momentum as the authors' code has it.
public final class Sm3 implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "sm3",
            Family.MATRIX,
            "AdaGrad that keeps the largest sum of each row and column",
            "Anil et al. 2019, arXiv 1901.11150")
        .taking(
            number("lr", 0.1, POSITIVE, "this library's choice"),
            number("momentum", 0.9, FRACTION, "the authors"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "Optax"))
        .as(Library.OPTAX, "sm3", "learning_rate, momentum=0.9");
  }

  @Override
  public String formula(Settings s) {
    return """
    v = cover(g^2)
    m = momentum * m + (1 - momentum) * where(v > 0, g / sqrt(v + epsilon), 0)
    p -= lr * m\
    """;
  }
}
