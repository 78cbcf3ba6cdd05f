package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.scale_by_learning_rate`, as Optax computes it.
public final class OptaxScaleByLearningRate implements CardedRule {
  @Override
  public String card() {
    return """
    optax.scale_by_learning_rate (DESCENT): against the update, times the rate
    learning_rate:lr in [0, ∞)
    *
    flip_sign = true
    """;
  }

  @Override
  public String formula(Settings s) {
    return s.flag("flip_sign") ? "p -= lr * g" : "p += lr * g";
  }
}
