package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.PART;
import static dev.thalweg.optim.rule.Arguments.fixed;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.number;
import static dev.thalweg.optim.rule.Arguments.optional;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.rmsprop`, as Optax computes it.
public final class OptaxRmsprop implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.OPTAX,
            "rmsprop",
            Family.ADAPTIVE,
            "RMSProp, ε inside the root unless said otherwise")
        .taking(
            OptaxCalls.rate(),
            number("decay", 0.9, FRACTION, OptaxCalls.DEFAULT),
            named(number("eps", 1e-8, NOT_NEGATIVE, OptaxCalls.DEFAULT), "epsilon"),
            fixed("initial_scale", 0, NOT_NEGATIVE, OptaxCalls.DEFAULT),
            flag("eps_in_sqrt", true),
            flag("centered", false),
            optional("momentum", PART),
            flag("nesterov", false),
            flag("bias_correction", false));
  }

  @Override
  public String formula(Settings s) {
    String lines = "init v = initial_scale\nv = decay * v + (1 - decay) * g^2\n";
    String correction = s.flag("bias_correction") ? " / (1 - decay^t)" : "";
    String square = "v" + correction;
    if (s.flag("centered")) {
      lines += "a = decay * a + (1 - decay) * g\n";
      square = "max(" + square + " - (a" + correction + ")^2, 0)";
    }
    String step = "lr * " + OptaxScaleByRms.step(s, square);
    if (!s.isGiven("momentum")) {
      return lines + "p -= " + step;
    }
    return lines
        + "u = "
        + step
        + "\nb = u + momentum * b\np -= "
        + (s.flag("nesterov") ? "u + momentum * b" : "b");
  }
}
