package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `torch.Adagrad`, as PyTorch computes it.
public final class TorchAdagrad implements CardedRule {
  @Override
  public String card() {
    return """
    torch.Adagrad (ADAPTIVE): AdaGrad, ε outside the root, the rate falling too
    lr = 0.01 in [0, ∞)
    lr_decay = 0 in [0, ∞)
    weight_decay = 0 in [0, ∞)
    initial_accumulator_value = fixed 0 in [0, ∞)
    eps:epsilon = 1e-10 in [0, ∞)
    foreach
    *
    maximize = false
    differentiable
    fused
    """;
  }

  @Override
  public String formula(Settings s) {
    return "init s = initial_accumulator_value\n"
        + TorchCalls.before(s)
        + "s = s + g^2\np -= lr"
        + (s.has("lr_decay") ? " / (1 + (t - 1) * lr_decay)" : "")
        + " * "
        + s.overRootBeside("eps", "g", "s");
  }
}
