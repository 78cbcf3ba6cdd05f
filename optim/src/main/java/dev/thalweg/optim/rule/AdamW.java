package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.BiasCorrection;
import dev.thalweg.optim.EpsilonPlace;
import dev.thalweg.optim.Family;

/// [Adam] with the decay of the weights beside the rule. Loshchilov & Hutter 2019, arXiv
/// 1711.05101, algorithm 2.
public final class AdamW implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "adamw",
            Family.ADAM,
            "Adam, with the decay of the weights beside the rule, not through it",
            "Loshchilov & Hutter 2019, arXiv 1711.05101")
        .taking(
            number("lr", 1e-3, POSITIVE, "Loshchilov & Hutter 2019, algorithm 2"),
            number("beta1", 0.9, FRACTION, "Kingma & Ba 2015, algorithm 1"),
            number("beta2", 0.999, FRACTION, "Kingma & Ba 2015, algorithm 1"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "Kingma & Ba 2015, algorithm 1"),
            number("weight_decay", 0.01, NOT_NEGATIVE, "PyTorch's; the paper has none"),
            choice("epsilon_place", EpsilonPlace.OUTSIDE),
            choice("bias_correction", BiasCorrection.BOTH));
  }

  @Override
  public String formula(Settings s) {
    return s.has("weight_decay")
        ? Adam.moments(s) + "p -= lr * (" + Adam.step(s) + " + weight_decay * p)"
        : Adam.moments(s) + "p -= lr * " + Adam.step(s);
  }
}
