package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.RateController;
import dev.thalweg.optim.rule.Settings;

/// `keras.callbacks.ReduceLROnPlateau` before the optimizer that it is of. Unlike PyTorch's it acts
/// when as many figures as `patience` were no better, not one more, and the last of a cooldown
/// counts.
public final class KerasReduceLROnPlateau implements RateController {
  @Override
  public String card() {
    return """
    keras.ReduceLROnPlateau (STAGE): a rate that falls where a figure gets no better
    of Keras 3.15.1, keras.callbacks
    monitor = val_loss of val_loss, val_accuracy, loss, accuracy
    factor = fixed 0.1 in [0, 1)
    patience = whole 10 in [0, ∞)
    verbose = fixed 0 in [0, ∞)
    mode = auto of min, max, auto
    min_delta = fixed 0.0001 in [0, ∞)
    cooldown = whole 0 in [0, ∞)
    min_lr = fixed 0 in [0, ∞)
    """;
  }

  @Override
  public Terms terms(Settings s) {
    boolean score = s.is("monitor", "val_accuracy") || s.is("monitor", "accuracy");
    return new Terms(
        score,
        s.is("mode", "auto") ? score : s.is("mode", "max"),
        s.fixed("factor"),
        (long) s.fixed("patience"),
        s.fixed("min_delta"),
        false,
        (long) s.fixed("cooldown"),
        s.fixed("min_lr"),
        0,
        true);
  }
}
