package dev.thalweg.optim.rule;

/// KL-Shampoo: Shampoo whose two products are those of the nearest Gaussian by the Kullback–Leibler
/// divergence, each with the other's inverse between the gradients, and whose roots are square. Lin
/// et al. 2025, arXiv 2509.03378, the update of section 3.1 by its exact eigenvalues.
/// `kl_shampoo(1e-3) for rank<2: adamw(1e-3)`.
public final class KlShampoo implements CardedRule {
  @Override
  public String card() {
    return """
    kl_shampoo (MATRIX): Shampoo by the nearest Gaussian of the gradients
    Lin et al. 2025, arXiv 2509.03378
    lr = 0.001 in (0, ∞): as of AdamW
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015
    beta2 = 0.95 in [0, 1): Vyas et al. 2024
    initial = 0.1 in (0, ∞): heavyball: the products begin at this times the identity
    epsilon = 1e-8 in (0, ∞): heavyball
    every = whole 1 in [1, ∞): the paper: 1, with QR 10
    weight_decay = 0 in [0, ∞): off
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    m = beta1 * m + (1 - beta1) * g
    u = kl_shampoo(m / (1 - beta1^t), g, beta2, initial, epsilon, t, every)
    """
        + (s.has("weight_decay") ? "p -= lr * (u + weight_decay * p)" : "p -= lr * u");
  }
}
