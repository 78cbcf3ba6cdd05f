package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import dev.thalweg.optim.rule.Sophia;

/// `optax.contrib.sophia`: the average of the gradients corrected, and the curvature that of the
/// step before: what is estimated in a step serves from the next one on. The draws of signs are
/// this library's, of the seed 0.
public final class OptaxSophia implements CardedRule {
  @Override
  public String card() {
    return """
    optax.sophia (SECOND_ORDER): the gradients' average over the Hessian's diagonal, each number of a step clipped
    learning_rate:lr in [0, ∞)
    b1:beta1 = 0.965 in [0, 1)
    b2:beta2 = 0.99 in [0, 1)
    eps:epsilon = 1e-8 in (0, ∞)
    weight_decay = 0.0001 in [0, ∞)
    weight_decay_mask
    gamma = 0.01 in (0, ∞)
    clip_threshold = 1 in (0, ∞)
    update_interval:every = whole 10 in [1, ∞)
    hessian_diagonal_fn = refused none: other estimates of the Hessian are not
    mu_dtype
    verbose
    print_win_rate_every_n_steps
    """;
  }

  @Override
  public String formula(Settings s) {
    return Sophia.product("0")
        + s.average("m", "first", "b1", "beta1", 0)
        + "u = clip(m / (1 - beta1^t) / max(gamma * h, epsilon), -clip_threshold, clip_threshold)\n"
        + "h = where(due, lerp(h, z * g, 1 - beta2), h)\n"
        + (s.has("weight_decay") ? "p -= lr * (u + weight_decay * p)" : "p -= lr * u");
  }
}
