package dev.thalweg.optim.around;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// A fading sum of the gradients in the place of the gradient: Optax' `trace`.
public final class Trace implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "trace", Family.STAGE, "the gradient replaced by a fading sum of gradients", "Optax")
        .taking(number("momentum", 0.9, FRACTION, "common practice"), flag("nesterov", false));
  }

  @Override
  public String formula(Settings s) {
    return "v = momentum * v + g\ng = " + (s.flag("nesterov") ? "g + momentum * v" : "v");
  }
}
