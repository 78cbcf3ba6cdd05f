package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.LossScaling;
import dev.thalweg.optim.rule.Settings;

/// Dynamic loss scaling: the gradients are those of the loss times a number, and are divided by it
/// before anything else. After `interval` steps whose gradients were finite it grows; where one was
/// not, nothing moves, the step is not counted, and it shrinks. PyTorch's `GradScaler`, whose
/// defaults these are. Keras' `LossScaleOptimizer` begins at 2¹⁵ and computes the number in float.
///
/// Who hands over gradients multiplies the loss by `OptimizerRun.lossScale()`, as a training does.
/// Of a function that the run asks it multiplies the gradient.
public final class LossScale implements LossScaling {
  @Override
  public String card() {
    return """
    loss_scale (STAGE): gradients of a loss times a number that finds itself; what overflows is skipped
    Micikevicius et al. 2018, arXiv 1710.03740; PyTorch `GradScaler`
    init_scale = fixed 65536 in (0, 3e38]: PyTorch
    growth_factor = fixed 2 in (1, ∞): PyTorch
    backoff_factor = fixed 0.5 in (0, 1): PyTorch
    growth_interval = whole 2000 in [1, ∞): PyTorch
    """;
  }

  @Override
  public Terms terms(Settings s) {
    return new Terms(
        s.fixed("init_scale"),
        s.fixed("growth_factor"),
        s.fixed("backoff_factor"),
        (long) s.fixed("growth_interval"));
  }
}
