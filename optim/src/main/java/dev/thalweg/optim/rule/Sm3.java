package dev.thalweg.optim.rule;

/// SM3: AdaGrad with the largest sums of each row and column in the place of all. Anil et al. 2019,
/// arXiv 1901.11150, SM3-II, with momentum as the authors' code has it.
public final class Sm3 implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        sm3 (MATRIX): AdaGrad that keeps the largest sum of each row and column
        Anil et al. 2019, arXiv 1901.11150
        lr = 0.1 in (0, ∞): this library's choice
        momentum = 0.9 in [0, 1): the authors
        epsilon = 1e-8 in [0, ∞): Optax
        = optax.sm3(learning_rate, momentum=0.9)
        """);
  }

  @Override
  public String formula(Settings s) {
    return """
    v = cover(g^2)
    m = momentum * m + (1 - momentum) * where(v > 0, g / sqrt(v + epsilon), 0)
    p -= lr * m\
    """;
  }
}
