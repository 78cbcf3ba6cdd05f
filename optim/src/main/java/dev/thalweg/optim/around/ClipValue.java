package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Each number of the gradients into [−limit, limit].
public final class ClipValue implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        clip_value (STAGE): each number of the gradient into a range
        common practice
        limit = 1 in (0, ∞): this library's choice
        = torch.clip_grad_value_(clip_value:limit=1, foreach)
        = optax.clip(max_delta:limit)
        """);
  }

  @Override
  public String formula(Settings s) {
    return "g = clip(g, -limit, limit)";
  }
}
