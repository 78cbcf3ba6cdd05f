package dev.thalweg.optim.around;

import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// The decay of the weights, in each of its forms ([DecayForm]).
public final class Decay implements CardedRule {
  @Override
  public String card() {
    return """
    decay (STAGE): weights towards 0
    Loshchilov & Hutter 2019
    also weight_decay
    weight_decay = 0.01 in [0, ∞): PyTorch's AdamW
    form = decoupled of coupled, decoupled, constant, proximal
    = optax.add_decayed_weights(weight_decay=0, mask) where form=coupled
    """;
  }

  @Override
  public String formula(Settings s) {
    return s.choice("form", DecayForm.class).line();
  }
}
