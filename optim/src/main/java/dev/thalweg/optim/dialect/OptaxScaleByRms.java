package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.fixed;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.scale_by_rms`, as Optax computes it.
public final class OptaxScaleByRms implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.OPTAX,
            "scale_by_rms",
            Family.STAGE,
            "divided by the root of the average of the squares")
        .taking(
            number("decay", 0.9, FRACTION, OptaxCalls.DEFAULT),
            named(number("eps", 1e-8, NOT_NEGATIVE, OptaxCalls.DEFAULT), "epsilon"),
            fixed("initial_scale", 0, NOT_NEGATIVE, OptaxCalls.DEFAULT),
            flag("eps_in_sqrt", true),
            flag("bias_correction", false));
  }

  @Override
  public String formula(Settings s) {
    return "init v = initial_scale\nv = decay * v + (1 - decay) * g^2\ng = "
        + step(s, s.flag("bias_correction") ? "v / (1 - decay^t)" : "v");
  }

  static String step(Settings s, String square) {
    return s.flag("eps_in_sqrt")
        ? s.overRootWithin("eps", "g", square)
        : s.overRootBeside("eps", "g", square);
  }
}
