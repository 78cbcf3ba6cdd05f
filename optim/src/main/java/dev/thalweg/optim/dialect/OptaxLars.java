package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.lars`: the decay and the trust ratio come before the buffer, and so does the rate.
public final class OptaxLars implements CardedRule {
  @Override
  public String card() {
    return """
    optax.lars (MOMENTUM): momentum with a rate for each tensor, by the size of its weights
    learning_rate:lr in [0, ∞)
    weight_decay = 0 in [0, ∞)
    weight_decay_mask
    trust_coefficient = 0.001 in (0, ∞)
    eps:epsilon = 0 in [0, ∞)
    trust_ratio_mask = refused none: choosing parameters is not
    momentum = 0.9 in [0, 1)
    nesterov = false
    """;
  }

  @Override
  public String formula(Settings s) {
    return (s.has("weight_decay") ? "u = g + weight_decay * p\n" : "u = g\n")
        + "u = -lr * where(norm(p) * norm(u) == 0, 1, trust_coefficient * norm(p) / (norm(u)"
        + (s.has("eps") ? " + epsilon" : "")
        + ")) * u\nv = momentum * v + u\n"
        + (s.flag("nesterov") ? "p += u + momentum * v" : "p += v");
  }
}
