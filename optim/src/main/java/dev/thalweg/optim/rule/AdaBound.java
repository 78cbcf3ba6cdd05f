package dev.thalweg.optim.rule;

/// AdaBound: Adam's rate of each number, clipped to a range that goes from (0, ∞) to `final_lr`.
/// Luo et al. 2019, arXiv 1902.09843, as the authors' code has it.
public final class AdaBound implements CardedRule {
  @Override
  public String card() {
    return """
    adabound (ADAM): Adam whose rates are led into a range that closes around one
    Luo et al. 2019, arXiv 1902.09843
    lr = 0.001 in (0, ∞): the paper
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015
    epsilon = 1e-8 in [0, ∞): Kingma & Ba 2015
    final_lr = 0.1 in (0, ∞): the paper
    gamma = 0.001 in (0, ∞): the paper
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g^2
    rate = lr * sqrt(1 - beta2^t) / (1 - beta1^t) / (sqrt(v) + epsilon)
    rate = clip(rate, final_lr * (1 - 1 / (gamma * t + 1)), final_lr * (1 + 1 / (gamma * t)))
    p -= rate * m\
    """;
  }
}
