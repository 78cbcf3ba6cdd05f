package dev.thalweg.optim.rule;

/// NovoGrad: one second moment a tensor, ‖g‖². Ginsburg et al. 2019, arXiv 1905.11286, algorithm 1.
public final class NovoGrad implements CardedRule {
  @Override
  public String card() {
    return """
    novograd (ADAM): gradients normalised by tensor, then summed
    Ginsburg et al. 2019, arXiv 1905.11286
    lr = 0.01 in (0, ∞): the paper
    beta1 = 0.95 in [0, 1): the paper
    beta2 = 0.98 in [0, 1): the paper
    epsilon = 1e-8 in [0, ∞): the paper
    weight_decay = 0 in [0, ∞): off
    epsilon_root = 0 in [0, ∞): Optax: a second ε, within the root
    = optax.novograd(learning_rate, b1=0.9, b2=0.25, eps=1e-06, eps_root=0.0, weight_decay=0.0)
    = optax.scale_by_novograd(b1=0.9, b2=0.25, eps=1e-08, eps_root=0.0, weight_decay=0.0, mu_dtype) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    String step = s.overRoots("g", "v");
    return """
    v = where(t > 1, beta2 * v + (1 - beta2) * sum(g^2), sum(g^2))
    """
        + "m = beta1 * m + "
        + (s.has("weight_decay") ? "(" + step + " + weight_decay * p)" : step)
        + "\np -= lr * m";
  }
}
