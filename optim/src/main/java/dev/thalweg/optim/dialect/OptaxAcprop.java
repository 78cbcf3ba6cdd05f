package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.contrib.acprop`: the gradient over the root of the average of the gradients' squared
/// distances from their average, as it was before the step. Zhuang et al. 2021, arXiv 2110.05454.
public final class OptaxAcprop implements CardedRule {
  @Override
  public String card() {
    return """
    optax.acprop (ADAM): the gradient over the deviation of those before
    learning_rate:lr in [0, ∞)
    b1:beta1 = 0.9 in [0, 1)
    b2:beta2 = 0.999 in [0, 1)
    eps:epsilon = 1e-16 in [0, ∞)
    eps_root = 1e-16 in [0, ∞)
    weight_decay = 0 in [0, ∞)
    mask
    = optax.scale_by_acprop(b1=0.9, b2=0.999, eps=1e-16, eps_root=1e-16) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    String step = s.overRootBeside("eps", "g", "squared");
    return "squared = where(t > 1, v / (1 - beta2^max(t - 1, 1)), 1)\n"
        + "v = beta2 * v + (1 - beta2) * (g - m)^2"
        + (s.has("eps_root") ? " + eps_root\n" : "\n")
        + "m = beta1 * m + (1 - beta1) * g\n"
        + (s.has("weight_decay")
            ? "p -= lr * (" + step + " + weight_decay * p)"
            : "p -= lr * " + step);
  }
}
