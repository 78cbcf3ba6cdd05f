package dev.thalweg.optim.around;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// The average of the gradients in the place of the gradient: Optax' `ema`.
public final class Average implements Rule {
  @Override
  public Card card() {
    return Card.of("average", Family.STAGE, "the gradient replaced by its average", "Optax `ema`")
        .alias("ema")
        .taking(number("momentum", 0.9, FRACTION, "common practice"), flag("debias", true));
  }

  @Override
  public String formula(Settings s) {
    return "v = momentum * v + (1 - momentum) * g\ng = v"
        + (s.flag("debias") ? " / (1 - momentum^t)" : "");
  }
}
