package dev.thalweg.optim.rule;

/// Gradient descent on gradients with noise whose variance falls: η / t^γ, t from 1. Neelakantan et
/// al. 2015, arXiv 1511.06807. The noise is a function of `seed`, the step and the place of a
/// number among all that are laid end to end: the same however parameters are cut and threads share
/// them. Optax' own draws are others.
public final class NoisySgd implements CardedRule {
  @Override
  public String card() {
    return """
    noisy_sgd (DESCENT): gradient descent with noise that fades
    Neelakantan et al. 2015, arXiv 1511.06807
    lr = 0.01 in (0, ∞): common practice
    eta = 0.01 in [0, ∞): the paper tries 0.01, 0.3 and 1
    gamma = 0.55 in [0, ∞): the paper
    seed = whole 0 in [0, ∞): any
    = optax.noisy_sgd(learning_rate, eta=0.01, gamma=0.55, key:seed=0, *, seed!)
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    g += sqrt(eta / t^gamma) * gaussian(p, seed, t)
    p -= lr * g\
    """;
  }
}
