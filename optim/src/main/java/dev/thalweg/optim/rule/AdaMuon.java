package dev.thalweg.optim.rule;

/// AdaMuon: Muon of signs over the root of the average of its squares, as long as AdamW's steps.
/// Si, Zhang & Shen 2025, arXiv 2507.11005, algorithm 1. `adamuon(1e-3) for rank<2: adamw(1e-3)`.
public final class AdaMuon implements CardedRule {
  @Override
  public String card() {
    return """
    adamuon (MATRIX): Muon with a rate for each number
    Si, Zhang & Shen 2025, arXiv 2507.11005
    lr = 0.001 in (0, ∞): the paper
    momentum = 0.95 in [0, 1): the paper
    nesterov = true
    weight_decay = 0 in [0, ∞): off
    coefficients = jordan of jordan, you, polar_express
    ns_steps = whole 5 in [0, ∞): the paper
    epsilon = 1e-8 in (0, ∞): the paper
    """;
  }

  @Override
  public String formula(Settings s) {
    return "m = momentum * m + g\nu = "
        + (s.flag("nesterov") ? "sign(g + momentum * m)\n" : "sign(m)\n")
        + Orthogonalizer.line(s)
        + """
        v = momentum * v + (1 - momentum) * u^2
        w = u / (sqrt(v) + epsilon)
        """
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "p -= 0.2 * lr * sqrt(rows * columns) / (norm(w) + epsilon) * w";
  }
}
