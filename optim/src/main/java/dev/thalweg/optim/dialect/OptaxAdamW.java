package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.adamw`, as Optax computes it.
public final class OptaxAdamW implements CardedRule {
  @Override
  public String card() {
    return """
    optax.adamw (ADAM): Adam with decoupled decay
    learning_rate:lr in [0, ∞)
    b1:beta1 = 0.9 in [0, 1)
    b2:beta2 = 0.999 in [0, 1)
    eps:epsilon = 1e-8 in [0, ∞)
    eps_root = 0 in [0, ∞)
    mu_dtype
    weight_decay = 1e-4
    mask
    *
    nesterov = false
    = optax.adam(learning_rate, b1=0.9, b2=0.999, eps=1e-8, eps_root=0, mu_dtype, *, nesterov=false) where weight_decay=0
    = optax.nadam(learning_rate, b1=0.9, b2=0.999, eps=1e-8, eps_root=0, mu_dtype, *, nesterov=true) where weight_decay=0
    = optax.nadamw(learning_rate, b1=0.9, b2=0.999, eps=1e-8, eps_root=0, mu_dtype, weight_decay=1e-4, mask, *, nesterov=true)
    = optax.scale_by_adam(b1=0.9, b2=0.999, eps=1e-8, eps_root=0, mu_dtype, *, nesterov=false) where weight_decay=0, direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return OptaxCalls.moments()
        + (s.has("weight_decay")
            ? "p -= lr * (" + OptaxCalls.adamStep(s) + " + weight_decay * p)"
            : "p -= lr * " + OptaxCalls.adamStep(s));
  }
}
