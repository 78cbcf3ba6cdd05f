package dev.thalweg.optim.rule;

/// AdEMAMix: (m̂ + α m₃)/(√v̂ + ε), m₃ the average with β₃, not corrected. Pagliardini, Ablin &
/// Grangier 2024, arXiv 2409.03137, algorithm 1. The paper warms α and β₃ up: that is a schedule
/// here.
public final class AdEMAMix implements CardedRule {
  @Override
  public String card() {
    return """
    ademamix (ADAM): Adam with a second average that forgets slowly
    Pagliardini, Ablin & Grangier 2024, arXiv 2409.03137
    lr = 0.001 in (0, ∞): the paper
    beta1 = 0.9 in [0, 1): the paper
    beta2 = 0.999 in [0, 1): the paper
    beta3 = 0.9999 in [0, 1): the paper
    alpha = 8 in [0, ∞): the paper
    epsilon = 1e-8 in [0, ∞): the paper
    weight_decay = 0 in [0, ∞): off
    epsilon_root = 0 in [0, ∞): Optax: a second ε, within the root
    = optax.ademamix(learning_rate, b1=0.9, b2=0.999, b3=0.9999, alpha=5.0, eps=1e-08, eps_root=0.0, mu_dtype, weight_decay=0.0, mask)
    = optax.scale_by_ademamix(b1=0.9, b2=0.999, b3=0.9999, alpha=6.0, eps=1e-08, eps_root=0.0, mu_dtype) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    m = beta1 * m + (1 - beta1) * g
    slow = beta3 * slow + (1 - beta3) * g
    v = beta2 * v + (1 - beta2) * g^2
    """
        + "u = "
        + s.overRoots("(m / (1 - beta1^t) + alpha * slow)", "v / (1 - beta2^t)")
        + "\np -= lr * "
        + (s.has("weight_decay") ? "(u + weight_decay * p)" : "u");
  }
}
