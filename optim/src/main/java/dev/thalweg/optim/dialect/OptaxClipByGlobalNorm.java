package dev.thalweg.optim.dialect;

import dev.thalweg.optim.ClipForm;
import dev.thalweg.optim.around.ClipNorm;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.clip_by_global_norm`, as Optax computes it.
public final class OptaxClipByGlobalNorm implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.clip_by_global_norm (STAGE): the update shortened where its norm is above a limit
        max_norm:limit in (0, ∞)
        """);
  }

  @Override
  public String formula(Settings s) {
    return ClipNorm.lines(true, ClipForm.EXACT);
  }
}
