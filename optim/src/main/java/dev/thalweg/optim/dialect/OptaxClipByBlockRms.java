package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.required;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.clip_by_block_rms`, as Optax computes it.
public final class OptaxClipByBlockRms implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.OPTAX,
            "clip_by_block_rms",
            Family.STAGE,
            "each parameter's update shortened to a root mean square")
        .taking(named(required("threshold", POSITIVE), "limit"));
  }

  @Override
  public String formula(Settings s) {
    return "g = g / max(1, rms(g) / limit)";
  }
}
