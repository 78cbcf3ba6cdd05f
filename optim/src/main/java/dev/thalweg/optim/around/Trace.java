package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// A fading sum of the gradients in the place of the gradient: Optax' `trace`.
public final class Trace implements CardedRule {
  @Override
  public String card() {
    return """
    trace (STAGE): the gradient replaced by a fading sum of gradients
    Optax
    momentum = 0.9 in [0, 1): common practice
    nesterov = false
    """;
  }

  @Override
  public String formula(Settings s) {
    return "v = momentum * v + g\ng = " + (s.flag("nesterov") ? "g + momentum * v" : "v");
  }
}
