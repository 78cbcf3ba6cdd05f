package dev.thalweg.optim.rule;

import java.util.Map;

/// Fromage: θ ← (θ − η‖θ‖/‖g‖ g)/√(1 + η²). Bernstein et al. 2020, arXiv 2002.03432, algorithm 1.
public final class Fromage implements CardedRule {
  @Override
  public String card() {
    return """
    fromage (DESCENT): steps in proportion to the weights
    Bernstein et al. 2020, arXiv 2002.03432
    lr = 0.01 in (0, ∞): the paper
    min_norm = 1e-6 in (0, ∞): Optax: of weights and gradients
    = optax.fromage(learning_rate, min_norm=1e-06)
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    ratio = max(norm(p), min_norm) / max(norm(g), min_norm)
    p = (p - lr * ratio * g) / sqrt(1 + lr^2)\
    """;
  }

  @Override
  public Map<String, String> told() {
    return Map.of("trust ratio", "ratio");
  }
}
