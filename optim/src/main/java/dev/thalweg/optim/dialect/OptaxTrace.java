package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.PART;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.required;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.trace`, as Optax computes it.
public final class OptaxTrace implements Rule {
  @Override
  public Card card() {
    return Card.of(Library.OPTAX, "trace", Family.STAGE, "a fading sum of the updates")
        .taking(
            named(required("decay", PART), "momentum"),
            flag("nesterov", false),
            OptaxCalls.precision("accumulator_dtype"));
  }

  @Override
  public String formula(Settings s) {
    return "v = g + momentum * v\ng = " + (s.flag("nesterov") ? "g + momentum * v" : "v");
  }
}
