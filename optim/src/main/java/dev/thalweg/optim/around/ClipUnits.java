package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Adaptive gradient clipping: the gradient of all weights into one output is at most a part of
/// those weights' norm. Brock et al. 2021, arXiv 2102.06171, section 4.1. Of a vector it is the
/// norm of all. Optax: `adaptive_grad_clip`.
public final class ClipUnits implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        clip_units (STAGE): the gradient of each output's weights at most a part of their norm
        Brock et al. 2021, arXiv 2102.06171
        also agc
        clipping = 0.01 in (0, ∞): the paper
        epsilon = 0.001 in (0, ∞): the paper: the least norm of the weights
        = optax.adaptive_grad_clip(clipping, eps=1e-3, axis!)
        """);
  }

  @Override
  public String formula(Settings s) {
    return """
    most = clipping * max(unit_norm(p), epsilon)
    size = unit_norm(g)
    g = where(size > most, g * most / max(size, 1e-6), g)\
    """;
  }
}
