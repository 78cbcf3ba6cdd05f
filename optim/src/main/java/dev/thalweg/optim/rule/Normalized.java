package dev.thalweg.optim.rule;

/// Normalised descent: θ ← θ − αg/(‖g‖ + ε), ‖g‖ over all parameters; with ε beside it. Hazan, Levy
/// & Shalev-Shwartz 2015, arXiv 1507.02030.
public final class Normalized implements CardedRule {
  @Override
  public String card() {
    return """
    normalized (DESCENT): steps of one length, against the gradient
    Shor 1985; Hazan, Levy & Shalev-Shwartz 2015, arXiv 1507.02030
    lr = 0.01 in (0, ∞): this library's choice
    epsilon = 1e-6 in [0, ∞): Optax; where the gradient is 0, no step
    """;
  }

  @Override
  public String formula(Settings s) {
    String norm = "global_norm(g)";
    return "p -= " + s.over("epsilon", "lr * g", norm, "(" + norm + " + epsilon)", norm);
  }
}
