package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.adan`, whose changes count with 1 − β₂ where the paper has β₂, twice
/// (google-deepmind/optax pull request 1715); its decay is that of AdamW.
public final class OptaxAdan implements CardedRule {
  @Override
  public String card() {
    return """
    optax.adan (ADAM): Adam with an average of the gradient's changes, too little of them
    learning_rate:lr in [0, ∞)
    b1:beta1 = 0.98 in [0, 1)
    b2:beta2 = 0.92 in [0, 1)
    b3:beta3 = 0.99 in [0, 1)
    eps:epsilon = 1e-8 in [0, ∞)
    eps_root = 1e-8 in [0, ∞)
    weight_decay = 0 in [0, ∞)
    mask
    = optax.scale_by_adan(b1=0.98, b2=0.92, b3=0.99, eps=1e-8, eps_root=0) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    change = where(t > 1, g - before, 0)
    before = g
    m = beta1 * m + (1 - beta1) * g
    d = beta2 * d + (1 - beta2) * change
    v = beta3 * v + (1 - beta3) * (g + (1 - beta2) * change)^2
    u = m / (1 - beta1^t) + (1 - beta2) * d / (1 - beta2^t)
    """
        + "p -= lr * "
        + (s.has("weight_decay") ? "(" : "")
        + s.overRootBeside(
            "eps", "u", "v / (1 - beta3^t)" + (s.has("eps_root") ? " + eps_root" : ""))
        + (s.has("weight_decay") ? " + weight_decay * p)" : "");
  }
}
