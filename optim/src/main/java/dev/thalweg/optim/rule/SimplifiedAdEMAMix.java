package dev.thalweg.optim.rule;

/// AdEMAMix with one buffer: (m + αg)/(√v̂ + ε), m a fading sum. Morwani et al. 2025, arXiv
/// 2502.02431.
public final class SimplifiedAdEMAMix implements CardedRule {
  @Override
  public String card() {
    return """
    simplified_ademamix (ADAM): a fading sum and a part of the gradient over the root of the squares
    Morwani et al. 2025, arXiv 2502.02431
    lr = 0.001 in (0, ∞): this library's choice
    beta1 = 0.99 in [0, 1): the paper
    beta2 = 0.95 in [0, 1): the paper
    alpha = 0 in [0, ∞): the paper
    epsilon = 1e-8 in [0, ∞): the paper
    weight_decay = 0 in [0, ∞): off
    epsilon_root = 0 in [0, ∞): Optax: a second ε, within the root
    = optax.simplified_ademamix(learning_rate, b1=0.99, b2=0.95, alpha=0.0, eps=1e-08, eps_root=0.0, weight_decay=0.0, mask)
    = optax.scale_by_simplified_ademamix(b1=0.99, b2=0.95, alpha=0.0, eps=1e-08, eps_root=0.0) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return "m = beta1 * m + g\nv = beta2 * v + (1 - beta2) * g^2\nu = "
        + s.overRoots("(m + alpha * g)", "v / (1 - beta2^t)")
        + "\np -= lr * "
        + (s.has("weight_decay") ? "(u + weight_decay * p)" : "u");
  }
}
