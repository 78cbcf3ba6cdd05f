package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.fixed;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Family;

/// FTRL-Proximal. McMahan et al. 2013, Ad Click Prediction, algorithm 1. The point is made anew
/// from the sums z in each step, so the start is almost forgotten in the first: for linear models.
///
/// In F32 squares of gradients that add up to 3.4e38 and more end in NaN: an infinite root is taken
/// from another, where methods that divide by such a root only stop.
public final class Ftrl implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "ftrl",
            Family.ADAPTIVE,
            "follow the regularised leader, with weights that are exactly 0",
            "McMahan et al. 2013, KDD")
        .taking(
            number("lr", 1e-3, POSITIVE, "Keras"),
            number("power", -0.5, Range.ANY, "the paper"),
            fixed("initial_accumulator", 0.1, NOT_NEGATIVE, "Keras"),
            number("l1", 0, NOT_NEGATIVE, "off"),
            number("l2", 0, NOT_NEGATIVE, "off"),
            number("shrinkage", 0, NOT_NEGATIVE, "off"),
            number("beta", 0, NOT_NEGATIVE, "Keras; the paper suggests 1"))
        .as(
            Library.KERAS,
            "Ftrl",
            "learning_rate=0.001, learning_rate_power:power=-0.5,"
                + " initial_accumulator_value:initial_accumulator=0.1,"
                + " l1_regularization_strength:l1=0.0, l2_regularization_strength:l2=0.0,"
                + " l2_shrinkage_regularization_strength:shrinkage=0.0, beta=0.0, …");
  }

  @Override
  public String formula(Settings s) {
    return "init n = initial_accumulator\nsum_n = n + g^2\n"
        + (s.has("shrinkage") ? "g += 2 * shrinkage * p\n" : "")
        + """
        z += g - (sum_n^(-power) - n^(-power)) / lr * p
        n = sum_n
        p = (clip(z, -l1, l1) - z) / (n^(-power) / lr + 2 * l2 + beta / lr)\
        """;
  }
}
