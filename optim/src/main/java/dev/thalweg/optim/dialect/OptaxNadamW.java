package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.ANY;
import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.nadamw`: `optax.adamw` with `nesterov` on.
public final class OptaxNadamW implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.OPTAX,
            "nadamw",
            Family.ADAM,
            "Adam with the average taken ahead, and decoupled decay")
        .taking(
            OptaxCalls.rate(),
            named(number("b1", 0.9, FRACTION, OptaxCalls.DEFAULT), "beta1"),
            named(number("b2", 0.999, FRACTION, OptaxCalls.DEFAULT), "beta2"),
            named(number("eps", 1e-8, NOT_NEGATIVE, OptaxCalls.DEFAULT), "epsilon"),
            number("eps_root", 0, NOT_NEGATIVE, OptaxCalls.DEFAULT),
            OptaxCalls.precision("mu_dtype"),
            number("weight_decay", 1e-4, ANY, OptaxCalls.DEFAULT),
            OptaxCalls.mask("mask"),
            flag("nesterov", true))
        .byNameFrom("nesterov");
  }

  @Override
  public String formula(Settings s) {
    return new OptaxAdamW().formula(s);
  }
}
