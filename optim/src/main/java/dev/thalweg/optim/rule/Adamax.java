package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.EpsilonPlace;
import dev.thalweg.optim.Family;
import java.util.Optional;

/// Adamax: u ← max(β₂u, |g| + ε), θ ← θ − α/(1 − β₁ᵗ) m/u. Kingma & Ba 2015, arXiv 1412.6980,
/// algorithm 2, where ε is 0. ε inside the maximum as PyTorch and Optax have it, or beside it as
/// Keras. The decay is coupled.
public final class Adamax implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "adamax",
            Family.ADAM,
            "Adam with the largest recent gradient in the place of the root",
            "Kingma & Ba 2015, arXiv 1412.6980")
        .taking(
            number("lr", 2e-3, POSITIVE, "Kingma & Ba 2015, algorithm 2"),
            number("beta1", 0.9, FRACTION, "Kingma & Ba 2015"),
            number("beta2", 0.999, FRACTION, "Kingma & Ba 2015"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "PyTorch; the paper has none"),
            choice("epsilon_place", EpsilonPlace.INSIDE),
            number("weight_decay", 0, NOT_NEGATIVE, "off"))
        .as(
            Library.TORCH,
            "Adamax",
            "lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, foreach, *, maximize,"
                + " differentiable, capturable",
            "epsilon_place=inside")
        .as(
            Library.KERAS,
            "Adamax",
            "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, …",
            "epsilon_place=outside")
        .as(
            Library.OPTAX,
            "adamax",
            "learning_rate, b1=0.9, b2=0.999, eps=1e-08",
            "epsilon_place=inside");
  }

  @Override
  public String formula(Settings s) {
    boolean inside = s.choice("epsilon_place", EpsilonPlace.class) == EpsilonPlace.INSIDE;
    return (s.has("weight_decay") ? "g += weight_decay * p\n" : "")
        + "m = beta1 * m + (1 - beta1) * g\n"
        + (inside
            ? "u = max(beta2 * u, abs(g) + epsilon)\np -= lr / (1 - beta1^t) * m / u"
            : "u = max(beta2 * u, abs(g))\np -= lr / (1 - beta1^t) * m / (u + epsilon)");
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return Adagrad.noHat(s);
  }
}
