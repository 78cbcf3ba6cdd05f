package dev.thalweg.optim.around;

import dev.thalweg.optim.Privacy;
import dev.thalweg.optim.rule.PrivateStage;
import dev.thalweg.optim.rule.RunStage;
import dev.thalweg.optim.rule.Settings;

/// Differentially private steps: the gradient of each example is made shorter where its norm over
/// all parameters is above `clip`; to their sum normal noise of standard deviation `noise` · `clip`
/// is added, and the result is divided by their number. Abadi et al. 2016, arXiv 1607.00133,
/// algorithm 1. The noise is a function of `seed`, the step and the place of a number among all
/// that are laid end to end: whoever knows the seed can take it off, so it is to be kept secret
/// where privacy is meant.
///
/// It asks for the gradients of each example, as a training on rows with one answer each gives
/// them, or `OptimizerRun.step(ExampleGradients)`. `delta` is for what the training says in the
/// end: how private it was.
public final class Dp implements RunStage, PrivateStage {
  @Override
  public String card() {
    return """
    dp (STAGE): each example's gradient made shorter, and noise on their sum: differential privacy
    Abadi et al. 2016, arXiv 1607.00133
    also dp_sgd
    clip = fixed 1 in (0, ∞): Opacus' tutorials
    noise = fixed 1.1 in [0, ∞): the paper's range
    delta = fixed 0.00001 in (0, 1): common practice: less than one over the number of examples
    seed = whole 0 in [0, ∞): any
    """;
  }

  @Override
  public Privacy privacy(Settings s) {
    return new Privacy(s.fixed("clip"), s.fixed("noise"), s.fixed("delta"), (long) s.fixed("seed"));
  }
}
