package dev.thalweg.optim.rule;

/// COCOB-Backprop: each number bets on the sign of its next gradient and moves by what it wins,
/// without a rate. Orabona & Tommasi 2017, arXiv 1705.07795, algorithm 2. `lr` multiplies the
/// gradients, as in Optax.
public final class Cocob implements CardedRule {
  @Override
  public String card() {
    return """
    cocob (RATE_FREE): each number bets on its gradients, without a rate
    Orabona & Tommasi 2017, arXiv 1705.07795
    lr = 1 in (0, ∞): the paper: none
    alpha = 100 in (0, ∞): the paper
    epsilon = fixed 1e-8 in (0, ∞): the authors
    weight_decay = 0 in [0, ∞): off
    = optax.cocob(learning_rate=1.0, alpha=100.0, eps=1e-08, weight_decay=0.0, mask)
    = optax.scale_by_cocob(alpha=100.0, eps=1e-08) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return "init start = p\ninit largest = epsilon\n"
        + (s.has("weight_decay") ? "g += weight_decay * p\n" : "")
        + """
        g = lr * g
        largest = max(largest, abs(g))
        magnitudes = magnitudes + abs(g)
        reward = max(reward - g * (p - start), 0)
        bets = bets - g
        p = start + bets / (largest * max(magnitudes + largest, alpha * largest)) * (largest + reward)\
        """;
  }
}
