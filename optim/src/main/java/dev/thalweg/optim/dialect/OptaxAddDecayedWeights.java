package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.ANY;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.add_decayed_weights`, as Optax computes it.
public final class OptaxAddDecayedWeights implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.OPTAX,
            "add_decayed_weights",
            Family.STAGE,
            "a part of the weights added to the update")
        .taking(number("weight_decay", 0, ANY, OptaxCalls.DEFAULT), OptaxCalls.mask("mask"));
  }

  @Override
  public String formula(Settings s) {
    return "g += weight_decay * p";
  }
}
