package dev.thalweg.optim.rule;

import java.util.Map;

/// LARS: layer-wise rates ‖θ‖/(‖g‖ + λ‖θ‖). You, Gitman & Ginsburg 2017, arXiv 1708.03888,
/// algorithm 1; with `clip` LARC, whose rate of a tensor is at most `lr`. The rate stands outside
/// the buffer.
public final class Lars implements CardedRule {
  @Override
  public String card() {
    return """
    lars (MOMENTUM): momentum with a rate for each tensor, by the size of its weights
    You, Gitman & Ginsburg 2017, arXiv 1708.03888
    lr = 1 in (0, ∞): timm
    momentum = 0.9 in [0, 1): the paper
    weight_decay = 1e-4 in [0, ∞): the paper
    trust_coefficient = 0.001 in (0, ∞): the paper
    epsilon = 1e-8 in [0, ∞): timm
    nesterov = false
    clip = false
    """;
  }

  @Override
  public String formula(Settings s) {
    String trust = "trust_coefficient * norm(p) / (norm(g) + weight_decay * norm(p) + epsilon)";
    if (s.flag("clip")) {
      trust = "min(" + trust + " / lr, 1)";
    }
    return "trust = where(norm(p) * norm(g) > 0, "
        + trust
        + ", 1)\nv = momentum * v + (g + weight_decay * p) * trust\np -= lr * "
        + (s.flag("nesterov") ? "((g + weight_decay * p) * trust + momentum * v)" : "v");
  }

  @Override
  public Map<String, String> told() {
    return Map.of("trust ratio", "trust");
  }
}
