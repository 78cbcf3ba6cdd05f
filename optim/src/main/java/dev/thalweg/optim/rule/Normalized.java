package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// Normalised descent: θ ← θ − αg/(‖g‖ + ε), ‖g‖ over all parameters; with ε beside it. Hazan, Levy
/// & Shalev-Shwartz 2015, arXiv 1507.02030.
public final class Normalized implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "normalized",
            Family.DESCENT,
            "steps of one length, against the gradient",
            "Shor 1985; Hazan, Levy & Shalev-Shwartz 2015, arXiv 1507.02030")
        .taking(
            number("lr", 0.01, POSITIVE, "this library's choice"),
            number("epsilon", 1e-6, NOT_NEGATIVE, "Optax; where the gradient is 0, no step"));
  }

  @Override
  public String formula(Settings s) {
    return "p -= lr * g / (global_norm(g) + epsilon)";
  }
}
