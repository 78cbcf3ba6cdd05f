package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.add_decayed_weights`, as Optax computes it.
public final class OptaxAddDecayedWeights implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.add_decayed_weights (STAGE): a part of the weights added to the update
        weight_decay = 0
        mask
        """);
  }

  @Override
  public String formula(Settings s) {
    return "g += weight_decay * p";
  }
}
