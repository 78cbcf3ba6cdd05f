package dev.thalweg.optim.dialect;

import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.contrib.galore`: matrices are projected from the longer side, where the paper has the
/// shorter; all else is moved by Adam, without `scale`.
public final class OptaxGalore implements CardedRule {
  private static final String DECAYED = " + weight_decay * p)";

  @Override
  public String card() {
    return """
    optax.galore (MATRIX): Adam in the space of the gradient's first singular vectors
    learning_rate:lr in [0, ∞)
    rank = whole 128 in [1, ∞)
    update_proj_gap = whole 200 in [1, ∞)
    scale = 1 in [0, ∞)
    base_optimizer = refused none: others than Adam are not
    weight_decay = 0 in [0, ∞)
    mask
    weight_dimension_numbers = refused none: matrices have their inputs in rows here
    = optax.scale_by_galore(rank=128, update_proj_gap=200, scale=1, base_optimizer!, weight_dimension_numbers!) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return "u = galore(g, rank, 0.9, 0.999, 1e-8, t, update_proj_gap, 1)\n"
        + (s.has("weight_decay") ? "p -= lr * (scale * u" + DECAYED : "p -= lr * scale * u");
  }

  @Override
  public String formula(Settings s, Parameter parameter) {
    if (parameter.dimensions().length == 2) {
      return formula(s);
    }
    String step = "m / (1 - 0.9^t) / (sqrt(v / (1 - 0.999^t)) + 1e-8)";
    return "m = 0.9 * m + (1 - 0.9) * g\nv = 0.999 * v + (1 - 0.999) * g^2\n"
        + (s.has("weight_decay") ? "p -= lr * (" + step + DECAYED : "p -= lr * " + step);
  }
}
