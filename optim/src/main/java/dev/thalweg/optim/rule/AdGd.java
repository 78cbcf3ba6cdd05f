package dev.thalweg.optim.rule;

/// Adaptive gradient descent: the rate is half the inverse of the curvature along the last step,
/// and grows only slowly. Malitsky & Mishchenko 2020, arXiv 1910.09529, algorithm 1. For gradients
/// of one function, not of batches.
public final class AdGd implements CardedRule {
  @Override
  public String card() {
    return """
    adgd (RATE_FREE): gradient descent with a rate by the curvature along its steps
    Malitsky & Mishchenko 2020, arXiv 1910.09529
    lr = 1e-6 in (0, ∞): the rate of the first step
    """;
  }

  @Override
  public String formula(Settings s) {
    return estimate("theta") + "p -= rate * g";
  }

  /// The lines of the rate, from the last step and how it has changed the gradient. While nothing
  /// has moved, both stay.
  static String estimate(String growth) {
    return """
    init before = p
    init rate = lr
    init theta = 1e12
    moved = global_norm(p - before)
    turned = global_norm(g - last)
    bound = sqrt(1 + GROWTH) * rate
    near = where(turned > 0, min(bound, moved / (2 * turned)), bound)
    now = where(moved > 0, near, rate)
    theta = where(moved > 0, now / rate, theta)
    rate = now
    before = p
    last = g
    """
        .replace("GROWTH", growth);
  }

  /// The lines of the least curvature, and of the momentum that both make.
  static String momentum() {
    return """
    init curvature = 1 / lr
    init gamma = 1e12
    limit = sqrt(1 + gamma / 2) * curvature
    bent = where(moved * turned > 0, min(limit, turned / (2 * moved)), curvature)
    gamma = where(moved > 0, bent / curvature, gamma)
    curvature = bent
    mass = (1 - sqrt(rate * curvature)) / (1 + sqrt(rate * curvature))
    """;
  }
}
