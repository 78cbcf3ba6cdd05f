package dev.thalweg.optim.rule;

/// Descent along signs: θ ← θ − α sign(g). Bernstein et al. 2018, arXiv 1802.04434, algorithm 1.
public final class SignSgd implements CardedRule {
  @Override
  public String card() {
    return """
    sign_sgd (DESCENT): along the sign of the gradient
    Bernstein et al. 2018, arXiv 1802.04434
    also signsgd
    lr = 0.001 in (0, ∞): this library's choice
    = optax.sign_sgd(learning_rate)
    = optax.scale_by_sign() where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return "p -= lr * sign(g)";
  }
}
