package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.PART;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.optional;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.sgd`, as Optax computes it.
public final class OptaxSgd implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.OPTAX, "sgd", Family.MOMENTUM, "descent, with the trace form of momentum")
        .taking(
            OptaxCalls.rate(),
            optional("momentum", PART),
            flag("nesterov", false),
            OptaxCalls.precision("accumulator_dtype"));
  }

  @Override
  public String formula(Settings s) {
    return s.isGiven("momentum")
        ? "v = g + momentum * v\np -= lr * " + (s.flag("nesterov") ? "(g + momentum * v)" : "v")
        : "p -= lr * g";
  }
}
