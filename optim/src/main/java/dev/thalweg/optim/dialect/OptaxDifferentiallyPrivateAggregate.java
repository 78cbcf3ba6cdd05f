package dev.thalweg.optim.dialect;

import dev.thalweg.optim.Privacy;
import dev.thalweg.optim.rule.PrivateStage;
import dev.thalweg.optim.rule.RunStage;
import dev.thalweg.optim.rule.Settings;

/// `optax.contrib.differentially_private_aggregate`, which is [dev.thalweg.optim.around.Dp]; its
/// noise is this library's, of the same distribution.
public final class OptaxDifferentiallyPrivateAggregate implements RunStage, PrivateStage {
  @Override
  public String card() {
    return """
    optax.differentially_private_aggregate (STAGE): each example's gradient made shorter, and noise on their sum
    l2_norm_clip = fixed in (0, ∞)
    noise_multiplier = fixed in [0, ∞)
    key = whole 0 in [0, ∞)
    *
    seed = refused none: it is called key
    """;
  }

  @Override
  public Privacy privacy(Settings s) {
    return OptaxDpsgd.privacy(s, "key");
  }
}
