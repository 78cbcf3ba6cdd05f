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

/// `optax.adam`, as Optax computes it.
public final class OptaxAdam implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.OPTAX, "adam", Family.ADAM, "Adam, a second ε inside the root where wanted")
        .taking(
            OptaxCalls.rate(),
            named(number("b1", 0.9, FRACTION, OptaxCalls.DEFAULT), "beta1"),
            named(number("b2", 0.999, FRACTION, OptaxCalls.DEFAULT), "beta2"),
            named(number("eps", 1e-8, NOT_NEGATIVE, OptaxCalls.DEFAULT), "epsilon"),
            number("eps_root", 0, NOT_NEGATIVE, OptaxCalls.DEFAULT),
            OptaxCalls.precision("mu_dtype"),
            flag("nesterov", false))
        .byNameFrom("nesterov");
  }

  @Override
  public String formula(Settings s) {
    return OptaxCalls.moments() + "p -= lr * " + OptaxCalls.adamStep(s);
  }
}
