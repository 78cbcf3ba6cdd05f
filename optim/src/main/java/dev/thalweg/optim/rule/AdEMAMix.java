package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// AdEMAMix: (m̂ + α m₃)/(√v̂ + ε), m₃ the average with β₃, not corrected. Pagliardini, Ablin &
/// Grangier 2024, arXiv 2409.03137, algorithm 1. The paper warms α and β₃ up: that is a schedule
/// here.
public final class AdEMAMix implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "ademamix",
            Family.ADAM,
            "Adam with a second average that forgets slowly",
            "Pagliardini, Ablin & Grangier 2024, arXiv 2409.03137")
        .taking(
            number("lr", 1e-3, POSITIVE, "the paper"),
            number("beta1", 0.9, FRACTION, "the paper"),
            number("beta2", 0.999, FRACTION, "the paper"),
            number("beta3", 0.9999, FRACTION, "the paper"),
            number("alpha", 8, NOT_NEGATIVE, "the paper"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "the paper"),
            number("weight_decay", 0, NOT_NEGATIVE, "off"),
            number("epsilon_root", 0, NOT_NEGATIVE, "Optax: a second ε, within the root"))
        .as(
            Library.OPTAX,
            "ademamix",
            "learning_rate, b1=0.9, b2=0.999, b3=0.9999, alpha=5.0, eps=1e-08, eps_root=0.0,"
                + " mu_dtype, weight_decay=0.0, mask");
  }

  @Override
  public String formula(Settings s) {
    return """
    m = beta1 * m + (1 - beta1) * g
    slow = beta3 * slow + (1 - beta3) * g
    v = beta2 * v + (1 - beta2) * g^2
    """
        + "u = (m / (1 - beta1^t) + alpha * slow) / ("
        + s.root("v / (1 - beta2^t)")
        + " + epsilon)\np -= lr * "
        + (s.has("weight_decay") ? "(u + weight_decay * p)" : "u");
  }
}
