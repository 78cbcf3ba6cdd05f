package dev.thalweg.optim.rule;

/// SM3: AdaGrad with the largest sums of each row and column in the place of all. Anil et al. 2019,
/// arXiv 1901.11150, SM3-II, with momentum as the authors' code has it.
public final class Sm3 implements CardedRule {
  @Override
  public String card() {
    return """
    sm3 (MATRIX): AdaGrad that keeps the largest sum of each row and column
    Anil et al. 2019, arXiv 1901.11150
    lr = 0.1 in (0, ∞): this library's choice
    momentum = 0.9 in [0, 1): the authors
    epsilon = 1e-8 in [0, ∞): Optax
    beta2 = 1 in (0, 1]: Optax: what is kept of the sums, 1 of all of them
    = optax.sm3(learning_rate, momentum=0.9)
    = optax.scale_by_sm3(b1:momentum=0.9, b2=1, eps=1e-8) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return (s.is("beta2", 1) ? "v = cover(g^2, 1)\n" : "v = cover((1 - beta2) * g^2, beta2)\n")
        + """
        m = momentum * m + (1 - momentum) * where(v > 0, g / sqrt(v + epsilon), 0)
        p -= lr * m\
        """;
  }
}
