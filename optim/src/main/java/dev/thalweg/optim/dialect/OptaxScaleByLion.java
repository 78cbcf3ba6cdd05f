package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.scale_by_lion`: Lion's direction, whose sign Optax also has smooth, tanh(`smooth_beta`
/// x), or refined, x where it is below 1.
public final class OptaxScaleByLion implements CardedRule {
  @Override
  public String card() {
    return """
    optax.scale_by_lion (STAGE): the direction of lion
    b1:beta1 = 0.9 in [0, 1)
    b2:beta2 = 0.99 in [0, 1)
    mu_dtype
    *
    mode = hard of hard, smooth, refined
    smooth_beta = 1 in (-∞, ∞)
    """;
  }

  @Override
  public String formula(Settings s) {
    return "x = beta1 * m + (1 - beta1) * g\nm = beta2 * m + (1 - beta2) * g\ng = "
        + s.choose("mode", "sign(x)", "tanh(smooth_beta * x)", "where(abs(x) < 1, x, sign(x))");
  }
}
