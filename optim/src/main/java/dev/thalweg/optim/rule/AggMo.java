package dev.thalweg.optim.rule;

/// Aggregated momentum: several buffers, and the mean of them. Lucas et al. 2019, arXiv 1804.00325.
public final class AggMo implements CardedRule {
  @Override
  public String card() {
    return """
    aggmo (MOMENTUM): along the mean of three sums that fade at different rates
    Lucas et al. 2019, arXiv 1804.00325
    lr = 0.1 in (0, ∞): the paper
    beta1 = 0 in [0, 1): the paper
    beta2 = 0.9 in [0, 1): the paper
    beta3 = 0.99 in [0, 1): the paper
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    v1 = beta1 * v1 + g
    v2 = beta2 * v2 + g
    v3 = beta3 * v3 + g
    p -= lr * (v1 + v2 + v3) / 3\
    """;
  }
}
