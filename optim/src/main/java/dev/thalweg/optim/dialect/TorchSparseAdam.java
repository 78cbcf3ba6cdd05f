package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `torch.SparseAdam`: Adam of the numbers that a gradient has; here those that are not 0. The
/// averages of the others stay as they are.
public final class TorchSparseAdam implements CardedRule {
  @Override
  public String card() {
    return """
    torch.SparseAdam (ADAM): Adam of the numbers whose gradient is not 0
    lr = 0.001 in (0, ∞)
    betas:beta1:beta2 = (0.9, 0.999) in [0, 1)
    eps:epsilon = 1e-8 in (0, ∞)
    maximize = false
    """;
  }

  @Override
  public String formula(Settings s) {
    return (s.flag("maximize") ? "g = -g\n" : "")
        + """
        m = where(g != 0, m + (1 - beta1) * (g - m), m)
        v = where(g != 0, v + (1 - beta2) * (g * g - v), v)
        rate = lr * sqrt(1 - beta2^t) / (1 - beta1^t)
        p -= where(g != 0, rate * m / (sqrt(v) + epsilon), 0)\
        """;
  }
}
