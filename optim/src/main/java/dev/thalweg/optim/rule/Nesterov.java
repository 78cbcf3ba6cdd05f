package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.MomentumForm;
import java.util.Optional;

/// [Momentum] with the gradient taken ahead. Nesterov 1983; Sutskever et al. 2013.
public final class Nesterov implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "nesterov",
            Family.MOMENTUM,
            "momentum with the gradient taken ahead",
            "Nesterov 1983; Sutskever et al. 2013")
        .alias("nag")
        .taking(
            number("lr", 0.01, POSITIVE, "this library's choice"),
            number("momentum", 0.9, FRACTION, "Krizhevsky et al. 2012; common practice"),
            choice("form", MomentumForm.TRACE),
            number("gradient_rate", 1, POSITIVE, "form two_rates only: its inner rate"),
            number("weight_decay", 0, NOT_NEGATIVE, "the papers': none"),
            choice("decay", DecayForm.COUPLED));
  }

  @Override
  public String formula(Settings s) {
    return Momentum.isHeavyBallBesideDecay(s)
        ? Momentum.heavyBallBesideDecay(s, true)
        : s.decayed(Momentum.nesterov(s.choice("form", MomentumForm.class), false));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return Momentum.gradientRateConflict(s);
  }
}
