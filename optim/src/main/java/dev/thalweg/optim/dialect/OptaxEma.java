package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.required;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.ema`, as Optax computes it.
public final class OptaxEma implements Rule {
  @Override
  public Card card() {
    return Card.of(Library.OPTAX, "ema", Family.STAGE, "the average of the updates")
        .taking(
            named(required("decay", FRACTION), "momentum"),
            flag("debias", true),
            OptaxCalls.precision("accumulator_dtype"));
  }

  @Override
  public String formula(Settings s) {
    return "v = momentum * v + (1 - momentum) * g\ng = v"
        + (s.flag("debias") ? " / (1 - momentum^t)" : "");
  }
}
