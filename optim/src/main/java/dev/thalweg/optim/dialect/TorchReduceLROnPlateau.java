package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.RateController;
import dev.thalweg.optim.rule.Settings;

/// `torch.optim.lr_scheduler.ReduceLROnPlateau` before the optimizer that it is of. `mode=max` is
/// for a score, which a training tells then.
public final class TorchReduceLROnPlateau implements RateController {
  @Override
  public String card() {
    return """
    torch.ReduceLROnPlateau (STAGE): a rate that falls where a figure gets no better
    of PyTorch 2.15.0, torch.optim.lr_scheduler
    mode = min of min, max
    factor = fixed 0.1 in [0, 1)
    patience = whole 10 in [0, ∞)
    threshold = fixed 0.0001 in [0, ∞)
    threshold_mode = rel of rel, abs
    cooldown = whole 0 in [0, ∞)
    min_lr = fixed 0 in [0, ∞)
    eps = fixed 1e-8 in [0, ∞)
    """;
  }

  @Override
  public Terms terms(Settings s) {
    return Terms.ofTorch(s, s.is("mode", "max"), "eps");
  }
}
