package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// Sharpness-aware with the surrogate gap: besides the gradient at the climbed point, uphill along
/// the part of the first gradient that is orthogonal to it, which makes the gap between both points
/// smaller. Zhuang et al. 2022, arXiv 2203.08065, algorithm 1. A step takes two gradients.
public final class Gsam implements CardedRule {
  @Override
  public String card() {
    return """
    gsam (STAGE): sharpness-aware, and the gap to the highest point nearby made smaller
    Zhuang et al. 2022, arXiv 2203.08065
    rho = 0.05 in (0, ∞): SAM's paper; a schedule as that of the rate in theirs
    alpha = 0.4 in [0, ∞): pytorch_optimizer
    epsilon = 1e-12 in [0, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    return "start = p\nfirst = g\n"
        + Sam.climb(s)
        + Sam.BACK
        + """

        share = where(global_norm(g) > 0, global_sum(first * g) / global_norm(g)^2, 0)
        g -= alpha * (first - share * g)\
        """;
  }
}
