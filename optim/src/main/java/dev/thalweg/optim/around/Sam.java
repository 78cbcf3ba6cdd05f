package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// Sharpness-aware minimisation: the gradient is that of the highest point within a distance ρ, to
/// first order. Foret et al. 2021, arXiv 2010.01412, algorithm 1. A step takes two gradients.
public final class Sam implements CardedRule {
  /// Where what follows is: at the climbed point until its gradient is there.
  static final String BACK = "g = gradient(p)\np = start";

  @Override
  public String card() {
    return """
    sam (STAGE): the gradient taken where the function is highest nearby: sharpness-aware
    Foret et al. 2021, arXiv 2010.01412
    rho = 0.05 in (0, ∞): the paper
    epsilon = 1e-12 in [0, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    return "start = p\n" + climb(s) + BACK;
  }

  /// The step of length ρ along the gradient.
  static String climb(Settings s) {
    return s.has("epsilon")
        ? "p += rho * g / (global_norm(g) + epsilon)\n"
        : "p += where(global_norm(g) > 0, rho * g / global_norm(g), 0)\n";
  }
}
