package dev.thalweg.optim.around;

import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// The decay of the weights, in each of its forms ([DecayForm]).
public final class Decay implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        decay (STAGE): weights towards 0
        Loshchilov & Hutter 2019
        also weight_decay
        weight_decay = 0.01 in [0, ∞): PyTorch's AdamW
        form = ~
        = optax.add_decayed_weights(weight_decay=0, mask) where form=coupled
        """,
        DecayForm.DECOUPLED);
  }

  @Override
  public String formula(Settings s) {
    return s.choice("form", DecayForm.class).line();
  }
}
