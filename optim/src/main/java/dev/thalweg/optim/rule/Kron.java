package dev.thalweg.optim.rule;

/// PSGD-Kron: the average of the gradients between two factors that are fitted on line until what
/// they make of it is white. Li 2015, arXiv 1512.04202; the form, the cap of the step's root mean
/// square at 1.1 and the falling share of steps at which the factors are fitted are those of `timm`
/// (Walters). A vector has a factor that is a diagonal. The draws are a function of `seed`, the
/// step and the place of a number.
public final class Kron implements CardedRule {
  @Override
  public String card() {
    return """
    kron (MATRIX): a gradient made white by two factors that are fitted on line
    Li 2015, arXiv 1512.04202; timm
    also psgd_kron
    lr = 0.001 in (0, ∞): timm
    momentum = 0.9 in [0, 1): timm
    weight_decay = 0 in [0, ∞): timm
    precond_lr = 0.1 in (0, ∞): timm
    max_size = whole 2048 in [0, ∞): timm: up to how many numbers a side has a triangle
    share = none in (0, 1]: from 1 to 0.03 between the steps 500 and 4,000
    balance_every = whole 100 in [1, ∞): timm: by chance, every so many
    seed = whole 0 in [0, ∞): any
    """;
  }

  @Override
  public String formula(Settings s) {
    return "m = momentum * m + (1 - momentum) * g\n"
        + "u = kron(m / (1 - momentum^t), precond_lr, max_size, "
        + (s.isGiven("share") ? "share" : "0")
        + ", balance_every, seed, t)\nu = u * min(1.1 / (rms(u) + 1e-8), 1)\n"
        + (s.has("weight_decay") ? "p -= lr * (u + weight_decay * p)" : "p -= lr * u");
  }
}
