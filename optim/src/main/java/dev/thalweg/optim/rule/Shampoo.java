package dev.thalweg.optim.rule;

/// Shampoo: the average of gradients between the inverse fourth roots of the averages of GGᵀ and
/// GᵀG, as long as another method's step. Gupta, Koren & Singer 2018, arXiv 1802.09568, algorithm
/// 1, with averages in the place of sums, corrections and grafting as in Shi et al. 2023, arXiv
/// 2309.06497: that of `grafting`, the average of gradients (`sgd`) or Adam's. With `beta2=1` the
/// sums of the paper. `shampoo(1e-3) for rank<2: adamw(1e-3)`.
public final class Shampoo implements CardedRule {
  @Override
  public String card() {
    return """
    shampoo (MATRIX): between inverse roots of the gradients' products with themselves
    Gupta, Koren & Singer 2018, arXiv 1802.09568; Shi et al. 2023, arXiv 2309.06497
    lr = 0.001 in (0, ∞): Shi et al. 2023 take that of the grafted method
    beta1 = 0.9 in [0, 1): Shi et al. 2023
    beta2 = 0.999 in (0, 1]: Shi et al. 2023 for language models
    epsilon = 1e-12 in (0, ∞): Shi et al. 2023
    every = whole 10 in [1, ∞): Shi et al. 2023: 10 to 100
    grafting = adam of none, sgd, adam
    grafting_epsilon = 1e-8 in (0, ∞): Kingma & Ba 2015
    weight_decay = 0 in [0, ∞): off
    """;
  }

  @Override
  public String formula(Settings s) {
    String lines =
        "m = beta1 * m + (1 - beta1) * g\nahead = m / (1 - beta1^t)\nu = shampoo(ahead, g, "
            + (s.is("beta2", 1) ? "1, 1, 1" : "beta2, 1 - beta2, 1 - beta2^t")
            + ", epsilon, t, every)\n";
    if (s.is("grafting", "adam")) {
      lines +=
          s.is("beta2", 1)
              ? "v = v + g^2\nd = ahead / (sqrt(v) + grafting_epsilon)\n"
              : """
              v = beta2 * v + (1 - beta2) * g^2
              d = ahead / (sqrt(v / (1 - beta2^t)) + grafting_epsilon)
              """;
    } else if (s.is("grafting", "sgd")) {
      lines += "d = ahead\n";
    }
    if (!s.is("grafting", "none")) {
      lines += "u = where(norm(u) > 0, norm(d) / norm(u), 1) * u\n";
    }
    return lines + (s.has("weight_decay") ? "p -= lr * (u + weight_decay * p)" : "p -= lr * u");
  }
}
