package dev.thalweg.optim.rule;

/// Adaptive accelerated gradient: rate and momentum by estimates of the largest and the least
/// curvature, β = (1 − √(λΛ)) / (1 + √(λΛ)). Malitsky & Mishchenko 2020, arXiv 1910.09529,
/// algorithm 2, a heuristic by their own words. For gradients of one function, not of batches.
public final class AdGdAccelerated implements CardedRule {
  @Override
  public String card() {
    return """
    adgd_accelerated (RATE_FREE): accelerated gradient with rate and momentum by the curvatures it sees
    Malitsky & Mishchenko 2020, arXiv 1910.09529
    lr = 1e-6 in (0, ∞): the rate of the first step
    """;
  }

  @Override
  public String formula(Settings s) {
    return AdGd.estimate("theta / 2")
        + AdGd.momentum()
        + "init y = p\nnext = p - rate * g\np = next + mass * (next - y)\ny = next";
  }
}
