package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// AdEMAMix with one buffer: (m + αg)/(√v̂ + ε), m a fading sum. Morwani et al. 2025, arXiv
/// 2502.02431.
public final class SimplifiedAdEMAMix implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "simplified_ademamix",
            Family.ADAM,
            "a fading sum and a part of the gradient over the root of the squares",
            "Morwani et al. 2025, arXiv 2502.02431")
        .taking(
            number("lr", 1e-3, POSITIVE, "this library's choice"),
            number("beta1", 0.99, FRACTION, "the paper"),
            number("beta2", 0.95, FRACTION, "the paper"),
            number("alpha", 0, NOT_NEGATIVE, "the paper"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "the paper"),
            number("weight_decay", 0, NOT_NEGATIVE, "off"),
            number("epsilon_root", 0, NOT_NEGATIVE, "Optax: a second ε, within the root"))
        .as(
            Library.OPTAX,
            "simplified_ademamix",
            "learning_rate, b1=0.99, b2=0.95, alpha=0.0, eps=1e-08, eps_root=0.0, weight_decay=0.0,"
                + " mask");
  }

  @Override
  public String formula(Settings s) {
    return "m = beta1 * m + g\nv = beta2 * v + (1 - beta2) * g^2\nu = (m + alpha * g) / ("
        + s.root("v / (1 - beta2^t)")
        + " + epsilon)\np -= lr * "
        + (s.has("weight_decay") ? "(u + weight_decay * p)" : "u");
  }
}
