package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.normalize_by_update_norm`, as Optax computes it.
public final class OptaxNormalizeByUpdateNorm implements CardedRule {
  @Override
  public String card() {
    return """
    optax.normalize_by_update_norm (STAGE): the update over its norm, times a number
    scale_factor = 1 in (-∞, ∞)
    eps:epsilon = 1e-6 in [0, ∞)
    """;
  }

  @Override
  public String formula(Settings s) {
    String norm = "global_norm(g)";
    return "g = " + s.over("eps", "scale_factor * g", norm, "(" + norm + " + epsilon)", norm);
  }
}
