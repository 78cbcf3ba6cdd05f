package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// NovoGrad: one second moment a tensor, ‖g‖². Ginsburg et al. 2019, arXiv 1905.11286, algorithm 1.
public final class NovoGrad implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "novograd",
            Family.ADAM,
            "gradients normalised by tensor, then summed",
            "Ginsburg et al. 2019, arXiv 1905.11286")
        .taking(
            number("lr", 0.01, POSITIVE, "the paper"),
            number("beta1", 0.95, FRACTION, "the paper"),
            number("beta2", 0.98, FRACTION, "the paper"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "the paper"),
            number("weight_decay", 0, NOT_NEGATIVE, "off"),
            number("epsilon_root", 0, NOT_NEGATIVE, "Optax: a second ε, within the root"))
        .as(
            Library.OPTAX,
            "novograd",
            "learning_rate, b1=0.9, b2=0.25, eps=1e-06, eps_root=0.0, weight_decay=0.0");
  }

  @Override
  public String formula(Settings s) {
    return """
    v = where(t > 1, beta2 * v + (1 - beta2) * sum(g^2), sum(g^2))
    """
        + "m = beta1 * m + "
        + (s.has("weight_decay")
            ? "(g / (" + s.root("v") + " + epsilon) + weight_decay * p)"
            : "g / (" + s.root("v") + " + epsilon)")
        + "\np -= lr * m";
  }
}
