package dev.thalweg.optim.rule;

/// Optimistic descent: θ ← θ − η((α + β)g − βg₋), for games. Mokhtari et al. 2019, arXiv
/// 1901.08511. In the first step g₋ is g.
public final class Optimistic implements CardedRule {
  @Override
  public String card() {
    return """
    optimistic (DESCENT): the gradient, and how it has changed
    Mokhtari et al. 2019, arXiv 1901.08511
    lr = 0.01 in (0, ∞): this library's choice
    alpha = 1 in [0, ∞): the paper
    beta = 1 in [0, ∞): the paper
    = optax.optimistic_gradient_descent(learning_rate, alpha=1.0, beta=1.0)
    = optax.scale_by_optimistic_gradient(alpha=1.0, beta=1.0) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    p -= lr * ((alpha + beta) * g - beta * where(t > 1, before, g))
    before = g\
    """;
  }
}
