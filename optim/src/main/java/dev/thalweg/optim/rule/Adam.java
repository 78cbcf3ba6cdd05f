package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.BiasCorrection;
import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.EpsilonPlace;
import dev.thalweg.optim.Family;

/// The average of the gradients over the root of that of their squares. Kingma & Ba 2015, arXiv
/// 1412.6980, algorithm 1.
public final class Adam implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "adam",
            Family.ADAM,
            "along the average of the gradients, divided by the root of that of their squares",
            "Kingma & Ba 2015, arXiv 1412.6980")
        .taking(
            number("lr", 1e-3, POSITIVE, "Kingma & Ba 2015, algorithm 1"),
            number("beta1", 0.9, FRACTION, "Kingma & Ba 2015, algorithm 1"),
            number("beta2", 0.999, FRACTION, "Kingma & Ba 2015, algorithm 1"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "Kingma & Ba 2015, algorithm 1"),
            choice("epsilon_place", EpsilonPlace.OUTSIDE),
            choice("bias_correction", BiasCorrection.BOTH),
            number("weight_decay", 0, NOT_NEGATIVE, "the papers': none"),
            choice("decay", DecayForm.COUPLED));
  }

  @Override
  public String formula(Settings s) {
    return s.decayed(moments(s) + "p -= lr * " + step(s));
  }

  /// Both averages: `m`, `v`.
  static String moments(Settings s) {
    return s.average("m", "g", "beta1", "beta1", 0) + s.average("v", "g^2", "beta2", "beta2", 0);
  }

  /// m̂/(√v̂ + ε) in the place of ε and with the corrections that are set.
  static String step(Settings s) {
    BiasCorrection corrected = s.choice("bias_correction", BiasCorrection.class);
    String mean = corrected.ofFirst() ? "(m / (1 - beta1^t))" : "m";
    String square = corrected.ofSecond() ? "v / (1 - beta2^t)" : "v";
    if (s.choice("epsilon_place", EpsilonPlace.class) != EpsilonPlace.HAT) {
      return s.overRoot(mean, square);
    }
    String hat = s.overRoot(mean, "v");
    return corrected.ofSecond() ? "sqrt(1 - beta2^t) * " + hat : hat;
  }
}
