package dev.thalweg.optim.rule;

/// Adamax: u ← max(β₂u, |g| + ε), θ ← θ − α/(1 − β₁ᵗ) m/u. Kingma & Ba 2015, arXiv 1412.6980,
/// algorithm 2, where ε is 0. ε inside the maximum as PyTorch and Optax have it, or beside it as
/// Keras. The decay is coupled.
public final class Adamax implements CardedRule {
  @Override
  public String card() {
    return """
    adamax (ADAM): Adam with the largest recent gradient in the place of the root
    Kingma & Ba 2015, arXiv 1412.6980
    lr = 0.002 in (0, ∞): Kingma & Ba 2015, algorithm 2
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015
    epsilon = 1e-8 in [0, ∞): PyTorch; the paper has none
    epsilon_place = inside of outside, inside
    weight_decay = 0 in [0, ∞): off
    = torch.Adamax(lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, foreach, *, maximize, differentiable, capturable) where epsilon_place=inside
    = keras.Adamax(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, …) where epsilon_place=outside
    = optax.adamax(learning_rate, b1=0.9, b2=0.999, eps=1e-08) where epsilon_place=inside
    = optax.scale_by_adamax(b1=0.9, b2=0.999, eps=1e-08) where epsilon_place=inside, direction
    """;
  }

  @Override
  public String formula(Settings s) {
    boolean inside = s.is("epsilon_place", "inside");
    return (s.has("weight_decay") ? "g += weight_decay * p\n" : "")
        + "m = beta1 * m + (1 - beta1) * g\n"
        + (inside
            ? "u = max(beta2 * u, abs(g) + epsilon)\np -= "
            : "u = max(beta2 * u, abs(g))\np -= ")
        + s.over("epsilon", "lr / (1 - beta1^t) * m", "u", inside ? "u" : "(u + epsilon)", "u");
  }
}
