package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.fixed;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.EpsilonPlace;
import dev.thalweg.optim.Family;
import java.util.Optional;

/// Rates that fall with the sum of squared gradients. Duchi, Hazan & Singer 2011.
public final class Adagrad implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "adagrad",
            Family.ADAPTIVE,
            "each number's rate falls with the sum of its squared gradients",
            "Duchi, Hazan & Singer 2011, JMLR 12")
        .taking(
            number("lr", 0.01, POSITIVE, "this library's choice"),
            number("epsilon", 1e-10, NOT_NEGATIVE, "PyTorch; the paper's δ has no value"),
            choice("epsilon_place", EpsilonPlace.OUTSIDE),
            fixed("initial_accumulator", 0, NOT_NEGATIVE, "the paper's"),
            number("weight_decay", 0, NOT_NEGATIVE, "the papers': none"),
            choice("decay", DecayForm.COUPLED));
  }

  @Override
  public String formula(Settings s) {
    return s.decayed(
        "init s = initial_accumulator\ns = s + g^2\np -= lr * " + s.overRoot("g", "s"));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return noHat(s);
  }

  /// The third place of ε is Adam's alone.
  static Optional<String> noHat(Settings s) {
    return s.choice("epsilon_place", EpsilonPlace.class) == EpsilonPlace.HAT
        ? Optional.of("epsilon_place=hat is Adam's; expected outside or inside")
        : Optional.empty();
  }
}
