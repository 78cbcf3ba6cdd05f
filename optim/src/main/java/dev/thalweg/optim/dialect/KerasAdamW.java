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
import java.util.List;
import java.util.Optional;

/// `keras.optimizers.AdamW`, as Keras computes it.
public final class KerasAdamW implements Rule {
  @Override
  public Card card() {
    return Card.of(Library.KERAS, "AdamW", Family.ADAM, "Keras' Adam with a decay of 0.004")
        .taking(
            KerasCalls.withBase(
                List.of(
                    named(number("learning_rate", 1e-3, NOT_NEGATIVE, KerasCalls.DEFAULT), "lr"),
                    number("weight_decay", 4e-3, NOT_NEGATIVE, KerasCalls.DEFAULT),
                    named(number("beta_1", 0.9, FRACTION, KerasCalls.DEFAULT), "beta1"),
                    named(number("beta_2", 0.999, FRACTION, KerasCalls.DEFAULT), "beta2"),
                    number("epsilon", 1e-7, NOT_NEGATIVE, KerasCalls.DEFAULT),
                    flag("amsgrad", false))));
  }

  @Override
  public String formula(Settings s) {
    return KerasCalls.around(s, KerasAdam.lines(s));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return KerasCalls.conflict(s);
  }
}
