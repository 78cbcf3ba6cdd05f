package dev.thalweg.optim.rule;

/// Momentum with decoupled decay. Loshchilov & Hutter 2019, arXiv 1711.05101, algorithm 1, the rate
/// outside the buffer as in PyTorch.
public final class Sgdw implements CardedRule {
  @Override
  public String card() {
    return """
    sgdw (MOMENTUM): momentum, with the decay of the weights beside it
    Loshchilov & Hutter 2019, arXiv 1711.05101
    lr = 0.01 in (0, ∞): this library's choice
    momentum = 0.9 in [0, 1): the paper
    weight_decay = 1e-4 in [0, ∞): timm
    nesterov = false
    """;
  }

  @Override
  public String formula(Settings s) {
    return (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "v = momentum * v + g\np -= lr * "
        + (s.flag("nesterov") ? "(g + momentum * v)" : "v");
  }
}
