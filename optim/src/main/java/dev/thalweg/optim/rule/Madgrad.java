package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// MADGRAD: the sum of gradients over the cube root of the sum of squares, from the start. Defazio
/// & Jelassi 2021, arXiv 2101.11075, algorithm 1. `momentum` is the share of the point that is
/// kept; the decay is coupled.
public final class Madgrad implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "madgrad",
            Family.ADAPTIVE,
            "dual averaging with cube roots and momentum",
            "Defazio & Jelassi 2021, arXiv 2101.11075")
        .taking(
            number("lr", 1e-2, POSITIVE, "the paper"),
            number("momentum", 0.9, FRACTION, "the paper"),
            number("epsilon", 1e-6, NOT_NEGATIVE, "the paper"),
            number("weight_decay", 0, NOT_NEGATIVE, "off"))
        .as(Library.OPTAX, "madgrad", "learning_rate, momentum=0.9, weight_decay=0.0, eps=1e-06");
  }

  @Override
  public String formula(Settings s) {
    return (s.has("weight_decay") ? "g += weight_decay * p\n" : "")
        + """
        init start = p
        weight = (lr + epsilon) * sqrt(t)
        v += weight * g^2
        s += weight * g
        z = start - s / (cbrt(v) + epsilon)
        p = momentum * p + (1 - momentum) * z\
        """;
  }
}
