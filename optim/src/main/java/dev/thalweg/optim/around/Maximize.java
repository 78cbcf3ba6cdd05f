package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Uphill: the gradient with the other sign.
public final class Maximize implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        maximize (STAGE): uphill: the gradient's sign flipped
        PyTorch
        """);
  }

  @Override
  public String formula(Settings s) {
    return "g = -g";
  }
}
