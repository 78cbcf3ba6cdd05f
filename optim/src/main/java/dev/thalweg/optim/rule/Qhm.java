package dev.thalweg.optim.rule;

/// Quasi-hyperbolic momentum: m ← βm + (1 − β)g, θ ← θ − α(νm + (1 − ν)g). Ma & Yarats 2019, arXiv
/// 1810.06801. ν = 0 is descent, ν = 1 averaged momentum, ν = β that of Nesterov.
public final class Qhm implements CardedRule {
  @Override
  public String card() {
    return """
    qhm (MOMENTUM): a weighted mean of the gradient and of its average
    Ma & Yarats 2019, arXiv 1810.06801
    lr = 1 in (0, ∞): the paper, section 3
    momentum = 0.999 in [0, 1): the paper, section 3
    nu = 0.7 in [0, 1]: the paper, section 3
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    m = momentum * m + (1 - momentum) * g
    p -= lr * (nu * m + (1 - nu) * g)\
    """;
  }
}
