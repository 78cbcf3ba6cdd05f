package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.contrib.momo_adam`: MoMo in the norm of Adam. Schaipp et al. 2023, arXiv 2305.07583.
public final class OptaxMomoAdam implements CardedRule {
  @Override
  public String card() {
    return """
    optax.momo_adam (ADAM): Adam as far as a model of the function goes down to its least value
    learning_rate:lr = 0.01 in [0, ∞)
    b1:beta1 = 0.9 in [0, 1)
    b2:beta2 = 0.999 in [0, 1)
    eps:epsilon = 1e-8 in (0, ∞)
    lower_bound = 0 in (-∞, ∞)
    weight_decay = 0 in [0, ∞)
    adapt_lower_bound = false
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    f = beta1 * f + (1 - beta1) * value
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    u = m / (epsilon + sqrt(v / (1 - beta2^t)))
    c = beta1 * c + (1 - beta1) * global_sum(g * p)
    squared = global_sum(m * u)
    along = global_sum(m * p)
    """
        + OptaxMomo.bounded(s, "(1 - beta1^t)", "lr / (1 - beta1^t)")
        + "p = p / (1 + lr * weight_decay) - tau * u";
  }
}
