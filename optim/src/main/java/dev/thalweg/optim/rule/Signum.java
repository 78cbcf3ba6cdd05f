package dev.thalweg.optim.rule;

/// Signs of an average: m ← βm + (1 − β)g, θ ← θ − α sign(m). Bernstein et al. 2018, arXiv
/// 1802.04434, algorithm 2.
public final class Signum implements CardedRule {
  @Override
  public String card() {
    return """
    signum (MOMENTUM): along the sign of the average of the gradients
    Bernstein et al. 2018, arXiv 1802.04434
    lr = 0.001 in (0, ∞): this library's choice
    momentum = 0.9 in [0, 1): the paper, section 5
    = optax.signum(learning_rate, beta:momentum=0.9, accumulator_dtype)
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    m = momentum * m + (1 - momentum) * g
    p -= lr * sign(m)\
    """;
  }
}
