package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.sgd`, as Optax computes it.
public final class OptaxSgd implements CardedRule {
  @Override
  public String card() {
    return """
    optax.sgd (MOMENTUM): descent, with the trace form of momentum
    learning_rate:lr in [0, ∞)
    momentum = none in [0, 1]
    nesterov = false
    accumulator_dtype
    = optax.trace(decay:momentum, nesterov=false, accumulator_dtype) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return lines(s);
  }

  /// The steps along a gradient with the trace form of momentum.
  static String lines(Settings s) {
    return s.isGiven("momentum")
        ? "v = g + momentum * v\np -= lr * " + (s.flag("nesterov") ? "(g + momentum * v)" : "v")
        : "p -= lr * g";
  }
}
