package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `torch.nn.utils.clip_grad_value_`, as PyTorch computes it.
public final class TorchClipValue implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        torch.clip_grad_value_ (STAGE): each number of the gradients into a range
        of PyTorch 2.15.0, torch.nn.utils
        clip_value:limit = 1 in (0, ∞): PyTorch has none
        foreach
        """);
  }

  @Override
  public String formula(Settings s) {
    return "g = clip(g, -limit, limit)";
  }
}
