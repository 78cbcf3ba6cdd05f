package dev.thalweg.optim.rule;

/// AdaBelief: the average of (g − m)² in the place of that of g². Zhuang et al. 2020, arXiv
/// 2010.07468, algorithm 2.
public final class AdaBelief implements CardedRule {
  @Override
  public String card() {
    return """
    adabelief (ADAM): Adam with the squares of what the average did not foresee
    Zhuang et al. 2020, arXiv 2010.07468
    lr = 0.001 in (0, ∞): the paper
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015
    epsilon = 1e-16 in [0, ∞): the authors; the paper has 1e-8
    epsilon_root = 1e-16 in [0, ∞): the authors: the same ε, which adds up in v
    nesterov = false
    = optax.adabelief(learning_rate, b1=0.9, b2=0.999, eps=1e-16, eps_root:epsilon_root=1e-16, *, nesterov=false)
    = optax.scale_by_belief(b1=0.9, b2=0.999, eps=1e-16, eps_root=1e-16, *, nesterov=false) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return "m = beta1 * m + (1 - beta1) * g\n"
        + "v = beta2 * v + (1 - beta2) * (g - m)^2 + epsilon_root\n"
        + "p -= lr * "
        + mean(s)
        + " / (sqrt(v / (1 - beta2^t)) + epsilon)";
  }

  /// m̂, or with Nesterov's look ahead.
  private static String mean(Settings s) {
    return s.flag("nesterov")
        ? "(beta1 * m / (1 - beta1^(t + 1)) + (1 - beta1) * g / (1 - beta1^t))"
        : "m / (1 - beta1^t)";
  }
}
