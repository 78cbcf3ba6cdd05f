package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.RateController;
import dev.thalweg.optim.rule.Settings;

/// `keras.callbacks.ReduceLROnPlateau` before the optimizer that it is of. Unlike PyTorch's it acts
/// when as many figures as `patience` were no better, not one more, and the last of a cooldown
/// counts.
public final class KerasReduceLROnPlateau implements RateController {
  @Override
  public Card card() {
    return Card.of(
        """
        keras.ReduceLROnPlateau (STAGE): a rate that falls where a figure gets no better
        of Keras 3.15.1, keras.callbacks
        monitor = ~
        factor = fixed 0.1 in [0, 1)
        patience = fixed 10 in [0, ∞)
        verbose = fixed 0 in [0, ∞)
        mode = ~
        min_delta = fixed 0.0001 in [0, ∞)
        cooldown = fixed 0 in [0, ∞)
        min_lr = fixed 0 in [0, ∞)
        """,
        Monitor.VAL_LOSS,
        Extreme.AUTO);
  }

  @Override
  public Terms terms(Settings s) {
    Monitor monitor = s.choice("monitor", Monitor.class);
    boolean score = monitor == Monitor.VAL_ACCURACY || monitor == Monitor.ACCURACY;
    Extreme mode = s.choice("mode", Extreme.class);
    return new Terms(
        score,
        mode == Extreme.AUTO ? score : mode == Extreme.MAX,
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
