package dev.thalweg.optim.rule;

/// MARS: AdamW of a gradient from which the noise that two steps share is taken, cut to norm 1.
/// Yuan et al. 2024, arXiv 2411.10438, algorithm 2 with the approximate gradient, in which both are
/// those that their own steps had; before the first step nothing has changed. The authors move
/// vectors by AdamW: `mars(3e-3) for rank<2: adamw(3e-3)`.
public final class Mars implements CardedRule {
  @Override
  public String card() {
    return """
    mars (ADAM): AdamW of gradients with less noise, by their change
    Yuan et al. 2024, arXiv 2411.10438
    lr = 0.003 in (0, ∞): the authors
    beta1 = 0.95 in [0, 1): the authors
    beta2 = 0.99 in [0, 1): the authors
    gamma = 0.025 in [0, ∞): the authors
    epsilon = 1e-8 in [0, ∞): the authors
    weight_decay = 0 in [0, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    change = where(t > 1, g - before, 0)
    before = g
    c = g + gamma * beta1 / (1 - beta1) * change
    c = c / max(1, norm(c))
    m = beta1 * m + (1 - beta1) * c
    v = beta2 * v + (1 - beta2) * c^2
    u = \
    """
        + s.overRootBeside("epsilon", "(m / (1 - beta1^t))", "v / (1 - beta2^t)")
        + "\n"
        + (s.has("weight_decay") ? "p -= lr * (u + weight_decay * p)" : "p -= lr * u");
  }
}
