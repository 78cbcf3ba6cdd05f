package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.RateController;
import dev.thalweg.optim.rule.Settings;

/// A rate that falls where a loss or a score gets no better: after each epoch of a training, that
/// of the rows that it is judged by, and where there are none of those it trains on. PyTorch's
/// `ReduceLROnPlateau`, whose defaults these are; in Java `OptimizerRun.observe` tells the figures.
///
/// What is reduced is the rate as its schedule has it then; it is multiplied by the same number
/// from there on, and so are those of groups. What it knows is a part of the run's state.
public final class Plateau implements RateController {
  @Override
  public String card() {
    return """
    plateau (STAGE): a rate that falls where a loss or score gets no better
    PyTorch `ReduceLROnPlateau`
    factor = fixed 0.1 in (0, 1): PyTorch
    patience = whole 10 in [0, ∞): PyTorch: figures that are no better
    of = loss of loss, score
    threshold = fixed 0.0001 in [0, ∞): PyTorch
    threshold_mode = rel of rel, abs
    cooldown = whole 0 in [0, ∞): PyTorch
    min_lr = fixed 0 in [0, ∞): PyTorch
    epsilon = fixed 1e-8 in [0, ∞): PyTorch: the least reduction
    """;
  }

  @Override
  public Terms terms(Settings s) {
    return Terms.ofTorch(s, s.is("of", "score"), "epsilon");
  }
}
