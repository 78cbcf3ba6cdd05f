package dev.thalweg.optim.rule;

/// Dion: the sum of gradients over its first `rank` directions, orthonormal, found by one power
/// iteration a step; what was stepped along is taken out of the sum in part, so that the rest is
/// not lost. Ahn et al. 2025, arXiv 2504.05295, algorithm 1, with the scale √(rows out / rows in)
/// of the authors. The first directions are random numbers of `seed`. `dion(0.02) for rank<2:
/// adamw(3e-4)`.
public final class Dion implements CardedRule {
  @Override
  public String card() {
    return """
    dion (MATRIX): along orthonormal directions of low rank
    Ahn et al. 2025, arXiv 2504.05295
    lr = 0.02 in (0, ∞): the authors
    momentum = 0.95 in [0, 1): the paper
    rank = whole 768 in [1, ∞): the authors
    weight_decay = 0.01 in [0, ∞): the authors
    epsilon = 1e-8 in (0, ∞): the authors
    seed = whole 0 in [0, ∞): any
    """;
  }

  @Override
  public String formula(Settings s) {
    return "u = dion(g, momentum, rank, epsilon, t, seed)\n"
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "p -= lr * sqrt(columns / rows) * u";
  }
}
