package dev.thalweg.optim.dialect;

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

/// `optax.nadam`: `optax.adam` with `nesterov` on.
public final class OptaxNadam implements Rule {
  @Override
  public Card card() {
    return Card.of(Library.OPTAX, "nadam", Family.ADAM, "Adam with the average taken ahead")
        .taking(
            OptaxCalls.rate(),
            named(number("b1", 0.9, FRACTION, OptaxCalls.DEFAULT), "beta1"),
            named(number("b2", 0.999, FRACTION, OptaxCalls.DEFAULT), "beta2"),
            named(number("eps", 1e-8, NOT_NEGATIVE, OptaxCalls.DEFAULT), "epsilon"),
            number("eps_root", 0, NOT_NEGATIVE, OptaxCalls.DEFAULT),
            OptaxCalls.precision("mu_dtype"),
            flag("nesterov", true))
        .byNameFrom("nesterov");
  }

  @Override
  public String formula(Settings s) {
    return new OptaxAdam().formula(s);
  }
}
