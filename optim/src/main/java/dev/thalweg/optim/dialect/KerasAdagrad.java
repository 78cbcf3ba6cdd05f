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
import java.util.Optional;

/// `keras.optimizers.Adagrad`, as Keras computes it.
public final class KerasAdagrad implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.KERAS,
            "Adagrad",
            Family.ADAPTIVE,
            "AdaGrad, ε inside the root, sums beginning at 0.1")
        .taking(
            KerasCalls.arguments(
                named(number("learning_rate", 1e-3, NOT_NEGATIVE, KerasCalls.DEFAULT), "lr"),
                fixed("initial_accumulator_value", 0.1, NOT_NEGATIVE, KerasCalls.DEFAULT),
                number("epsilon", 1e-7, NOT_NEGATIVE, KerasCalls.DEFAULT)));
  }

  @Override
  public String formula(Settings s) {
    return KerasCalls.around(
        s,
        "init s = initial_accumulator_value\n"
            + KerasCalls.before(s)
            + "s = s + g^2\np -= lr * "
            + s.overRootWithin("epsilon", "g", "s"));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return KerasCalls.conflict(s);
  }
}
