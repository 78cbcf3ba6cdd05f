package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.required;

import dev.thalweg.optim.ClipForm;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.around.ClipNorm;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.clip_by_global_norm`, as Optax computes it.
public final class OptaxClipByGlobalNorm implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.OPTAX,
            "clip_by_global_norm",
            Family.STAGE,
            "the update shortened where its norm is above a limit")
        .taking(named(required("max_norm", POSITIVE), "limit"));
  }

  @Override
  public String formula(Settings s) {
    return ClipNorm.lines(true, ClipForm.EXACT);
  }
}
