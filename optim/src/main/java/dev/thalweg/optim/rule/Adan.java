package dev.thalweg.optim.rule;

/// Adan: averages of the gradient, of its change, and of the square of their look ahead. Xie et al.
/// 2022, arXiv 2208.06677, algorithm 1; β is the retained share, as in the authors' code. Its decay
/// is the proximal one.
public final class Adan implements CardedRule {
  @Override
  public String card() {
    return """
    adan (ADAM): Adam with an average of the gradient's changes
    Xie et al. 2022, arXiv 2208.06677
    lr = 0.001 in (0, ∞): the paper
    beta1 = 0.98 in [0, 1): the paper, as retained shares
    beta2 = 0.92 in [0, 1): the paper
    beta3 = 0.99 in [0, 1): the paper
    epsilon = 1e-8 in [0, ∞): the paper
    weight_decay = 0 in [0, ∞): the authors
    decay = proximal of decoupled, proximal
    """;
  }

  @Override
  public String formula(Settings s) {
    return s.decayed(
        """
        change = where(t > 1, g - before, 0)
        before = g
        m = beta1 * m + (1 - beta1) * g
        d = beta2 * d + (1 - beta2) * change
        v = beta3 * v + (1 - beta3) * (g + beta2 * change)^2
        root = sqrt(v / (1 - beta3^t)) + epsilon
        p -= \
        """
            + s.over(
                "epsilon",
                "lr * (m / (1 - beta1^t) + beta2 * d / (1 - beta2^t))",
                "root",
                "root",
                "root"));
  }
}
