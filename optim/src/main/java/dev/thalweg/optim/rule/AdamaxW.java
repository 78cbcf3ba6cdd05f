package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// [Adamax] with decoupled decay.
public final class AdamaxW implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "adamaxw",
            Family.ADAM,
            "Adamax, with the decay of the weights beside it",
            "Kingma & Ba 2015; Loshchilov & Hutter 2019")
        .taking(
            number("lr", 2e-3, POSITIVE, "Kingma & Ba 2015, algorithm 2"),
            number("beta1", 0.9, FRACTION, "Kingma & Ba 2015"),
            number("beta2", 0.999, FRACTION, "Kingma & Ba 2015"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "PyTorch; the paper has none"),
            number("weight_decay", 1e-4, NOT_NEGATIVE, "Optax"))
        .as(
            Library.OPTAX,
            "adamaxw",
            "learning_rate, b1=0.9, b2=0.999, eps=1e-08, weight_decay=0.0001, mask");
  }

  @Override
  public String formula(Settings s) {
    return "m = beta1 * m + (1 - beta1) * g\nu = max(beta2 * u, abs(g) + epsilon)\np -= lr * "
        + (s.has("weight_decay")
            ? "(m / ((1 - beta1^t) * u) + weight_decay * p)"
            : "m / ((1 - beta1^t) * u)");
  }
}
