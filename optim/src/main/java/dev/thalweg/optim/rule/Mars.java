package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// MARS: AdamW of a gradient from which the noise that two steps share is taken, cut to norm 1.
/// Yuan et al. 2024, arXiv 2411.10438, algorithm 2 with the approximate gradient, in which both are
/// those that their own steps had; before the first step nothing has changed. The authors move
/// vectors by AdamW: `mars(3e-3) for rank<2: adamw(3e-3)`.
public final class Mars implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "mars",
            Family.ADAM,
            "AdamW of gradients with less noise, by their change",
            "Yuan et al. 2024, arXiv 2411.10438")
        .taking(
            number("lr", 3e-3, POSITIVE, "the authors"),
            number("beta1", 0.95, FRACTION, "the authors"),
            number("beta2", 0.99, FRACTION, "the authors"),
            number("gamma", 0.025, NOT_NEGATIVE, "the authors"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "the authors"),
            number("weight_decay", 0, NOT_NEGATIVE, "the authors"));
  }

  @Override
  public String formula(Settings s) {
    return """
    change = where(t > 1, g - before, 0)
    before = g
    c = g + gamma * beta1 / (1 - beta1) * change
    c = c / max(1, norm(c))
    m = beta1 * m + (1 - beta1) * c
    v = beta2 * v + (1 - beta2) * c^2
    u = (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
    """
        + (s.has("weight_decay") ? "p -= lr * (u + weight_decay * p)" : "p -= lr * u");
  }
}
