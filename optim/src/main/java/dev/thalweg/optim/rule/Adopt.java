package dev.thalweg.optim.rule;

/// ADOPT: the gradient over the root of the squares before it, clipped to ±(t − 1)^¼, then
/// averaged: the first step only measures. Taniguchi et al. 2024, arXiv 2411.02853, algorithm 2 and
/// the authors' clipping.
public final class Adopt implements CardedRule {
  @Override
  public String card() {
    return """
    adopt (ADAM): Adam that divides by the squares of the gradients before
    Taniguchi et al. 2024, arXiv 2411.02853
    lr = 0.001 in (0, ∞): the paper
    beta1 = 0.9 in [0, 1): the paper
    beta2 = 0.9999 in [0, 1): the paper
    epsilon = 1e-6 in (0, ∞): the paper
    clipping = true
    nesterov = false
    = optax.adopt(learning_rate, b1=0.9, b2=0.9999, eps=1e-06, mu_dtype, *, nesterov=false, use_clipping:clipping=true, clip_value_fn!)
    = optax.scale_by_adopt(b1=0.9, b2=0.9999, eps=1e-06, mu_dtype, *, nesterov=false, use_clipping:clipping=true, clip_value_fn!) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    String u = "g / max(sqrt(v), epsilon)";
    return "u = "
        + (s.flag("clipping")
            ? "clip(" + u + ", -(t - 1)^0.25, (t - 1)^0.25)\n"
            : "where(t > 1, " + u + ", 0)\n")
        + "m = beta1 * m + (1 - beta1) * u\np -= lr * "
        + (s.flag("nesterov") ? "(beta1 * m + (1 - beta1) * u)" : "m")
        + "\nv = where(t > 1, beta2 * v + (1 - beta2) * g^2, g^2)";
  }
}
