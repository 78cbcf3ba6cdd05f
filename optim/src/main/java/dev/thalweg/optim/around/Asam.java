package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// Adaptive sharpness-aware minimisation: distances are measured in units of each weight, so that a
/// network whose layers are scaled against each other is as sharp as before. Kwon et al. 2021,
/// arXiv 2102.11600, algorithm 1, element-wise, T = |θ| + η. A step takes two gradients.
public final class Asam implements CardedRule {
  @Override
  public String card() {
    return """
    asam (STAGE): sharpness-aware, with distances in units of each weight
    Kwon et al. 2021, arXiv 2102.11600
    rho = 0.5 in (0, ∞): the paper
    eta = 0.01 in [0, ∞): the paper
    epsilon = 1e-12 in [0, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    String size = s.has("eta") ? "(abs(p) + eta)" : "abs(p)";
    String norm = "global_norm(" + size + " * g)";
    String climb =
        s.has("epsilon")
            ? "p += rho * SIZE^2 * g / (NORM + epsilon)\n"
            : "p += where(NORM > 0, rho * SIZE^2 * g / NORM, 0)\n";
    return "start = p\n" + climb.replace("SIZE", size).replace("NORM", norm) + Sam.BACK;
  }
}
