package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// Descent along signs: θ ← θ − α sign(g). Bernstein et al. 2018, arXiv 1802.04434, algorithm 1.
public final class SignSgd implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "sign_sgd",
            Family.DESCENT,
            "along the sign of the gradient",
            "Bernstein et al. 2018, arXiv 1802.04434")
        .alias("signsgd")
        .taking(number("lr", 1e-3, POSITIVE, "this library's choice"))
        .as(Library.OPTAX, "sign_sgd", "learning_rate");
  }

  @Override
  public String formula(Settings s) {
    return "p -= lr * sign(g)";
  }
}
