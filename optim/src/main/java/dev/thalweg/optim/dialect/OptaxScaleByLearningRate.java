package dev.thalweg.optim.dialect;

import static dev.thalweg.optim.rule.Arguments.flag;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.scale_by_learning_rate`, as Optax computes it.
public final class OptaxScaleByLearningRate implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.OPTAX,
            "scale_by_learning_rate",
            Family.DESCENT,
            "against the update, times the rate")
        .taking(OptaxCalls.rate(), flag("flip_sign", true))
        .byNameFrom("flip_sign");
  }

  @Override
  public String formula(Settings s) {
    return s.flag("flip_sign") ? "p -= lr * g" : "p += lr * g";
  }
}
