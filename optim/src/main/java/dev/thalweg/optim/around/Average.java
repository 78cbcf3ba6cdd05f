package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// The average of the gradients in the place of the gradient: Optax' `ema`.
public final class Average implements CardedRule {
  @Override
  public String card() {
    return """
    average (STAGE): the gradient replaced by its average
    Optax `ema`
    also ema
    momentum = 0.9 in [0, 1): common practice
    debias = true
    = optax.ema(decay:momentum, debias=true, accumulator_dtype)
    """;
  }

  @Override
  public String formula(Settings s) {
    return "v = momentum * v + (1 - momentum) * g\ng = v"
        + (s.flag("debias") ? " / (1 - momentum^t)" : "");
  }
}
