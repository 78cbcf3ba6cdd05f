package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.ignored;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `torch.nn.utils.clip_grad_value_`, as PyTorch computes it.
public final class TorchClipValue implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "torch.clip_grad_value_",
            Family.STAGE,
            "each number of the gradients into a range",
            "PyTorch 2.15.0, torch.nn.utils")
        .taking(
            named(number("clip_value", 1, POSITIVE, "PyTorch has none"), "limit"),
            ignored("foreach"));
  }

  @Override
  public String formula(Settings s) {
    return "g = clip(g, -limit, limit)";
  }
}
