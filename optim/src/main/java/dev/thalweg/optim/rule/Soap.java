package dev.thalweg.optim.rule;

/// SOAP: Adam in the eigenbasis of Shampoo's products. Vyas et al. 2024, arXiv 2409.11321,
/// algorithm 3, as the authors have it: the first gradient makes the basis and moves nothing; the
/// basis is brought up to date every so many steps by one power iteration and QR, the average of
/// squares being put into the order of eigenvalues; the decay stands behind. `soap(3e-3) for
/// rank<2: adamw(3e-3)`.
public final class Soap implements CardedRule {
  @Override
  public String card() {
    return """
    soap (MATRIX): Adam in the eigenbasis of Shampoo
    Vyas et al. 2024, arXiv 2409.11321
    lr = 0.003 in (0, ∞): the authors
    beta1 = 0.95 in [0, 1): the authors
    beta2 = 0.95 in [0, 1): the authors
    shampoo_beta = none in [0, 1)
    epsilon = 1e-8 in (0, ∞): the authors
    weight_decay = 0.01 in [0, ∞): the authors
    every = whole 10 in [1, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    return "m = where(t > 1, beta1 * m + (1 - beta1) * g, 0)\nu = soap(m, g, beta2, "
        + (s.isGiven("shampoo_beta") ? "shampoo_beta" : "beta2")
        + ", epsilon, t, every)\n"
        + "rate = where(t > 1, lr * sqrt(1 - beta2^(t - 1)) / (1 - beta1^(t - 1)), 0)\n"
        + "p -= rate * u"
        + (s.has("weight_decay") ? "\np -= where(t > 1, lr * weight_decay, 0) * p" : "");
  }
}
