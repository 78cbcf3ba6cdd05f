package dev.thalweg.optim.rule;

/// Polyak's step: along the gradient as far as the function would have to go down to its least
/// value, if it were linear. Polyak 1987; with a largest rate, for gradients of batches, Loizou et
/// al. 2021, arXiv 2002.10542 (SPSmax). `value` is what is minimised, where the step begins.
public final class Polyak implements CardedRule {
  @Override
  public String card() {
    return """
    polyak (DESCENT): along the gradient as far as a linear function goes down to its least value
    Polyak 1987; Loizou et al. 2021, arXiv 2002.10542
    lr = 1 in (0, ∞): Optax: the largest rate
    bound = 0: f*, the least value, or a bound below it
    epsilon = 0 in [0, ∞): Optax
    """;
  }

  @Override
  public String formula(Settings s) {
    String square = s.has("epsilon") ? "(global_norm(g)^2 + epsilon)" : "global_norm(g)^2";
    return "gap = max(value - bound, 0)\nrate = where(global_norm(g) > 0, gap / "
        + square
        + ", 0)\np -= min(rate, lr) * g";
  }
}
