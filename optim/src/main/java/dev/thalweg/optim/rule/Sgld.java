package dev.thalweg.optim.rule;

/// Stochastic gradient Langevin dynamics: half a step of gradient descent and noise of the variance
/// of the rate, so that the points are samples from exp(−f / temperature). Welling & Teh 2011,
/// ICML, equation 4, where f is minus the logarithm of the posterior. The noise is that of
/// [NoisySgd].
public final class Sgld implements CardedRule {
  @Override
  public String card() {
    return """
    sgld (DESCENT): Langevin dynamics: samples in the place of a minimum
    Welling & Teh 2011, ICML
    lr = 0.001 in (0, ∞): common practice; the paper lets it fall
    temperature = 1 in [0, ∞): the paper
    seed = whole 0 in [0, ∞): any
    """;
  }

  @Override
  public String formula(Settings s) {
    return "p -= lr / 2 * g - sqrt(lr * temperature) * gaussian(p, seed, t)";
  }
}
