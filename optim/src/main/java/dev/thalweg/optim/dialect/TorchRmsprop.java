package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `torch.RMSprop`, as PyTorch computes it.
public final class TorchRmsprop implements CardedRule {
  @Override
  public String card() {
    return """
    torch.RMSprop (ADAPTIVE): RMSProp, ε outside the root, the rate outside the buffer
    lr = 0.01 in [0, ∞)
    alpha = 0.99 in [0, ∞)
    eps:epsilon = 1e-8 in [0, ∞)
    weight_decay = 0 in [0, ∞)
    momentum = 0 in [0, ∞)
    centered = false
    capturable
    foreach
    maximize = false
    differentiable
    """;
  }

  @Override
  public String formula(Settings s) {
    String lines = TorchCalls.before(s) + "v = alpha * v + (1 - alpha) * g * g\n";
    String square = "v";
    if (s.flag("centered")) {
      lines += s.average("a", "g", "alpha", "alpha", 0);
      square = "max(v - a^2, 0)";
    }
    String step = s.overRootBeside("eps", "g", square);
    return s.has("momentum")
        ? lines + "b = momentum * b + " + step + "\np -= lr * b"
        : lines + "p -= lr * " + step;
  }
}
