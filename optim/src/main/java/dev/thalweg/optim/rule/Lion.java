package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// Lion: the sign of an average. Chen et al. 2023, arXiv 2302.06675, program 1.
public final class Lion implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "lion",
            Family.ADAM,
            "along the sign of an average of gradients",
            "Chen et al. 2023, arXiv 2302.06675")
        .taking(
            number("lr", 1e-4, POSITIVE, "the paper, section 5"),
            number("beta1", 0.9, FRACTION, "program 1"),
            number("beta2", 0.99, FRACTION, "program 1"),
            number("weight_decay", 0, NOT_NEGATIVE, "off"))
        .as(Library.KERAS, "Lion", "learning_rate=0.001, beta_1=0.9, beta_2=0.99, …")
        .as(
            Library.OPTAX,
            "lion",
            "learning_rate, b1=0.9, b2=0.99, mu_dtype, weight_decay=0.001, mask");
  }

  @Override
  public String formula(Settings s) {
    return "p -= lr * (sign(beta1 * m + (1 - beta1) * g)"
        + (s.has("weight_decay") ? " + weight_decay * p" : "")
        + ")\nm = beta2 * m + (1 - beta2) * g";
  }
}
