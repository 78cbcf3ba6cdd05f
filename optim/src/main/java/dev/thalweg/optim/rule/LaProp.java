package dev.thalweg.optim.rule;

/// LaProp: first divided by the root, then averaged. Ziyin, Wang & Ueda 2020, arXiv 2002.04839.
public final class LaProp implements CardedRule {
  @Override
  public String card() {
    return """
    laprop (ADAM): the average of normalised gradients
    Ziyin, Wang & Ueda 2020, arXiv 2002.04839
    lr = 4e-4 in (0, ∞): the paper
    beta1 = 0.9 in [0, 1): the paper
    beta2 = 0.999 in [0, 1): the paper
    epsilon = 1e-15 in [0, ∞): the paper
    """;
  }

  @Override
  public String formula(Settings s) {
    return "v = beta2 * v + (1 - beta2) * g^2\nm = beta1 * m + "
        + s.overRootBeside("epsilon", "(1 - beta1) * g", "v / (1 - beta2^t)")
        + "\np -= lr * m / (1 - beta1^t)";
  }
}
