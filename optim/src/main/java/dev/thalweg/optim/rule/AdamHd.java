package dev.thalweg.optim.rule;

/// Adam whose rate descends along its own gradient, g · (the last direction). Baydin et al. 2018,
/// arXiv 1703.04782, algorithm 3. One rate for all tensors, as in the paper: the authors' code
/// (hypergrad, adam_hd.py) adds a tensor's part to the rate before that tensor is moved, so that
/// the order of parameters matters there. The rate begins at `lr`, and a schedule has no later say.
public final class AdamHd implements CardedRule {
  @Override
  public String card() {
    return """
    adam_hd (RATE_FREE): Adam whose rate descends along its own gradient
    Baydin et al. 2018, arXiv 1703.04782
    lr = 0.001 in (0, ∞): the rate at the start; the authors
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015
    epsilon = 1e-8 in (0, ∞): Kingma & Ba 2015
    hyper_lr = 1e-8 in [0, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    init rate = lr
    rate = rate + hyper_lr * global_sum(g * u)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g^2
    u = m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
    p -= rate * u\
    """;
  }
}
