package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.clip_by_block_rms`, as Optax computes it.
public final class OptaxClipByBlockRms implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.clip_by_block_rms (STAGE): each parameter's update shortened to a root mean square
        threshold:limit in (0, ∞)
        """);
  }

  @Override
  public String formula(Settings s) {
    return "g = g / max(1, rms(g) / limit)";
  }
}
