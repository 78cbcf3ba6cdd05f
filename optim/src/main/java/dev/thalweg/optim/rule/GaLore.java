package dev.thalweg.optim.rule;

/// GaLore: Adam of gradients that are projected on their first singular vectors, from the shorter
/// side, which are looked up anew every so many steps. Zhao et al. 2024, arXiv 2403.03507,
/// algorithm 2. Optax projects from the longer side (`longer`). `galore(1e-2) for rank<2:
/// adam(1e-2)`.
///
/// The sign of a singular vector is arbitrary, and the averages outlive a look-up: here the largest
/// number of a vector is positive, elsewhere it is what LAPACK gives. The state is as long as the
/// rank is wide.
public final class GaLore implements CardedRule {
  @Override
  public String card() {
    return """
    galore (MATRIX): Adam in the space of the gradient's first singular vectors
    Zhao et al. 2024, arXiv 2403.03507
    lr = 0.01 in (0, ∞): the authors
    rank = whole 128 in [1, ∞): the authors
    every = whole 200 in [1, ∞): the authors
    scale = 0.25 in (0, ∞): the authors
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015
    epsilon = 1e-8 in (0, ∞): Kingma & Ba 2015
    weight_decay = 0 in [0, ∞): off
    longer = false
    """;
  }

  @Override
  public String formula(Settings s) {
    return "u = galore(g, rank, beta1, beta2, epsilon, t, every, "
        + (s.flag("longer") ? "1" : "0")
        + ")\n"
        + (s.has("weight_decay")
            ? "p -= lr * (scale * u + weight_decay * p)"
            : "p -= lr * scale * u");
  }
}
