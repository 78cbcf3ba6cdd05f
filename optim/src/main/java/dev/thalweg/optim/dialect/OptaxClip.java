package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.required;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.clip`, as Optax computes it.
public final class OptaxClip implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.OPTAX,
            "clip",
            Family.STAGE,
            "each number of the update into [-max_delta, max_delta]")
        .taking(named(required("max_delta", POSITIVE), "limit"));
  }

  @Override
  public String formula(Settings s) {
    return "g = clip(g, -limit, limit)";
  }
}
