package dev.thalweg.optim.rule;

/// NorMuon: Muon whose rows are brought to one size by an average of their squares, and the whole
/// to the size that it had. Li et al. 2025, arXiv 2510.05491, algorithm 1; a neuron is a column
/// here, since a matrix takes rows in and gives columns out. `normuon(0.02) for rank<2:
/// adamw(3e-4)`.
public final class NorMuon implements CardedRule {
  @Override
  public String card() {
    return """
    normuon (MATRIX): Muon with one size for all neurons
    Li et al. 2025, arXiv 2510.05491
    lr = 0.02 in (0, ∞): the authors
    momentum = 0.95 in [0, 1): the paper
    beta2 = 0.95 in [0, 1): the paper
    nesterov = true
    weight_decay = 0 in [0, ∞): off
    coefficients = jordan of jordan, you, polar_express
    ns_steps = whole 5 in [0, ∞): the paper
    epsilon = 1e-8 in (0, ∞): the paper
    """;
  }

  @Override
  public String formula(Settings s) {
    return "m = lerp(m, g, 1 - momentum)\nu = "
        + (s.flag("nesterov") ? "lerp(g, m, momentum)\n" : "m\n")
        + Orthogonalizer.line(s)
        + """
        v = column_average(u^2, 1 - beta2)
        w = u / (sqrt(v) + epsilon)
        """
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "p -= 0.2 * lr * sqrt(rows * columns) / norm(w) * w";
  }
}
