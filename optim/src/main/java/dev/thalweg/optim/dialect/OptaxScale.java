package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.ANY;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.required;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.scale`, as Optax computes it.
public final class OptaxScale implements Rule {
  @Override
  public Card card() {
    return Card.of(Library.OPTAX, "scale", Family.STAGE, "the update times a number")
        .taking(named(required("step_size", ANY), "factor"));
  }

  @Override
  public String formula(Settings s) {
    return "g = factor * g";
  }
}
