package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.optimistic_adam_v2`: optimistic descent along Adam's directions.
public final class OptaxOptimisticAdamV2 implements CardedRule {
  @Override
  public String card() {
    return """
    optax.optimistic_adam_v2 (ADAM): Adam, and how its direction has changed
    learning_rate:lr in [0, ∞)
    *
    alpha = 1 in [0, ∞)
    beta = 1 in [0, ∞)
    b1:beta1 = 0.9 in [0, 1)
    b2:beta2 = 0.999 in [0, 1)
    eps:epsilon = 1e-8 in [0, ∞)
    eps_root = 0 in [0, ∞)
    mu_dtype
    nesterov = true
    """;
  }

  @Override
  public String formula(Settings s) {
    return OptaxOptimisticAdam.lines(s)
        + "p -= lr * ((alpha + beta) * u - beta * where(t > 1, before, u))\nbefore = u";
  }
}
