package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.LossScaling;
import dev.thalweg.optim.rule.Settings;

/// `keras.optimizers.LossScaleOptimizer` around another optimizer, its first argument: gradients
/// are those of the scaled loss, and those that are not finite are skipped.
public final class KerasLossScaleOptimizer implements LossScaling {
  @Override
  public String card() {
    return """
    keras.LossScaleOptimizer (STAGE): gradients of a loss times a number that finds itself
    initial_scale = fixed 32768 in (0, 3e38]
    dynamic_growth_steps = whole 2000 in [1, ∞)
    name
    """;
  }

  @Override
  public Terms terms(Settings s) {
    return new Terms(s.fixed("initial_scale"), 2, 0.5, (long) s.fixed("dynamic_growth_steps"));
  }
}
