package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.fixed;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.adagrad`, as Optax computes it.
public final class OptaxAdagrad implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.OPTAX,
            "adagrad",
            Family.ADAPTIVE,
            "AdaGrad, ε inside the root, sums beginning at 0.1")
        .taking(
            OptaxCalls.rate(),
            fixed("initial_accumulator_value", 0.1, NOT_NEGATIVE, OptaxCalls.DEFAULT),
            named(number("eps", 1e-7, NOT_NEGATIVE, OptaxCalls.DEFAULT), "epsilon"));
  }

  @Override
  public String formula(Settings s) {
    return "init s = initial_accumulator_value\ns = s + g^2\np -= "
        + s.overRootWithin("eps", "lr * g", "s");
  }
}
