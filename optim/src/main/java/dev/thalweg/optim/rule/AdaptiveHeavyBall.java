package dev.thalweg.optim.rule;

/// The heavy ball with rate and momentum by the curvatures that it sees: those of
/// [AdGdAccelerated], by which Polyak's method moves, θ ← θ − λg + β(θ − θ₋). This library's answer
/// to a question of adaptive momentum; no paper's, and no proof. For gradients of one function, not
/// of batches.
public final class AdaptiveHeavyBall implements CardedRule {
  @Override
  public String card() {
    return """
    adaptive_heavy_ball (RATE_FREE): the heavy ball with rate and momentum by the curvatures it sees
    this library's; Polyak 1964 with the estimates of Malitsky & Mishchenko 2020, arXiv 1910.09529
    lr = 1e-6 in (0, ∞): the rate of the first step
    """;
  }

  @Override
  public String formula(Settings s) {
    return AdGd.estimate("theta / 2")
        + AdGd.momentum()
        + "last_step = mass * last_step - rate * g\np += last_step";
  }
}
