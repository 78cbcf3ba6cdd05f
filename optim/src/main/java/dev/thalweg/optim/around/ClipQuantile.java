package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// The gradients, shortened where their norm is above a quantile of the norms so far, in the manner
/// of AutoClip (Seetharaman et al. 2020, arXiv 2007.14469). The quantile q is not read off a
/// history but followed, by Robbins & Monro's steps of its logarithm: q grows by the factor exp(ρ ·
/// quantile) after a norm above it, and shrinks by exp(ρ (quantile − 1)) after one that is not. It
/// begins as the first norm that is not 0.
public final class ClipQuantile implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        clip_quantile (STAGE): the gradient made shorter where its norm is above a running quantile
        Seetharaman et al. 2020, arXiv 2007.14469; Robbins & Monro 1951
        quantile = 0.9 in (0, 1): this library's choice; the paper takes 0.1
        rate = 0.05 in (0, ∞): this library's choice
        """);
  }

  @Override
  public String formula(Settings s) {
    return """
    size = global_norm(g)
    limit = where(limit > 0, limit, size)
    g = where(size > limit, g * limit / size, g)
    limit = limit * exp(rate * where(size > limit, quantile, where(size > 0, quantile - 1, 0)))\
    """;
  }
}
