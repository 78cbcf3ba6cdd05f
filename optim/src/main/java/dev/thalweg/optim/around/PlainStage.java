package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// Stages whose formula is one text.
public enum PlainStage implements CardedRule {
  /// The cautious variant of decay: only weights that what is within moves towards 0 as well decay.
  /// Chen et al. 2025, arXiv 2510.12402. The rate is that of the rule within.
  CAUTIOUS_DECAY(
      """
      cautious_decay (STAGE): decay of those weights only that move towards 0 anyway
      Chen et al. 2025, arXiv 2510.12402
      weight_decay = 0.01 in [0, ∞): as AdamW's in PyTorch
      """,
      """
      start = p
      …
      p -= where(move * start <= 0, lr * weight_decay * start, 0)\
      """),

  /// Centralised gradients: of each matrix the mean over what goes into one output is taken away.
  /// Yong et al. 2020, arXiv 2004.01461.
  CENTERED(
      """
      centered (STAGE): the gradient without its mean over the inputs of each output
      Yong et al. 2020, arXiv 2004.01461
      """,
      "g = centered(g, 0)"),

  /// The gradients, shortened where their norm is above a quantile of the norms so far, in the
  /// manner of AutoClip (Seetharaman et al. 2020, arXiv 2007.14469). The quantile q is not read off
  /// a history but followed, by Robbins & Monro's steps of its logarithm: q grows by the factor
  /// exp(ρ · quantile) after a norm above it, and shrinks by exp(ρ (quantile − 1)) after one that
  /// is not. It begins as the first norm that is not 0.
  CLIP_QUANTILE(
      """
      clip_quantile (STAGE): the gradient made shorter where its norm is above a running quantile
      Seetharaman et al. 2020, arXiv 2007.14469; Robbins & Monro 1951
      quantile = 0.9 in (0, 1): this library's choice; the paper takes 0.1
      rate = 0.05 in (0, ∞): this library's choice
      """,
      """
      size = global_norm(g)
      limit = where(limit > 0, limit, size)
      g = where(size > limit, g * limit / size, g)
      limit = limit * exp(rate * where(size > limit, quantile, where(size > 0, quantile - 1, 0)))\
      """),

  /// Adaptive gradient clipping: the gradient of all weights into one output is at most a part of
  /// those weights' norm. Brock et al. 2021, arXiv 2102.06171, section 4.1. Of a vector it is the
  /// norm of all. Optax: `adaptive_grad_clip`.
  CLIP_UNITS(
      """
      clip_units (STAGE): the gradient of each output's weights at most a part of their norm
      Brock et al. 2021, arXiv 2102.06171
      also agc
      clipping = 0.01 in (0, ∞): the paper
      epsilon = 0.001 in (0, ∞): the paper: the least norm of the weights
      = optax.adaptive_grad_clip(clipping, eps=1e-3, axis!)
      """,
      """
      most = clipping * max(unit_norm(p), epsilon)
      size = unit_norm(g)
      g = where(size > most, g * most / max(size, 1e-6), g)\
      """),

  /// Each number of the gradients into [−limit, limit].
  CLIP_VALUE(
      """
      clip_value (STAGE): each number of the gradient into a range
      common practice
      limit = 1 in (0, ∞): this library's choice
      = torch.clip_grad_value_(clip_value:limit=1, foreach)
      = optax.clip(max_delta:limit)
      """,
      "g = clip(g, -limit, limit)"),

  /// Weights whose magnitudes, of each parameter by itself, add up to at most a radius: sparse
  /// ones.
  L1_BALL(
      """
      l1_ball (STAGE): weights whose magnitudes add up to at most a radius
      Duchi et al. 2008; Optax `projection_l1_ball`
      radius = 1 in (0, ∞): Optax
      """,
      "…\np = l1_projected(p, radius)"),

  /// Weights whose norm, of each parameter by itself, is at most a radius: what is farther out is
  /// brought back to the ball after each step of what is within.
  L2_BALL(
      """
      l2_ball (STAGE): weights in a ball: their norm at most a radius
      projected descent: Goldstein 1964; Optax `projection_l2_ball`
      radius = 1 in (0, ∞): Optax
      """,
      "…\np = p * radius / max(norm(p), radius)"),

  /// Uphill: the gradient with the other sign.
  MAXIMIZE(
      """
      maximize (STAGE): uphill: the gradient's sign flipped
      PyTorch
      """,
      "g = -g"),

  /// Normal noise on the gradient, whose variance falls: η / t^γ, t from 1. Neelakantan et al.
  /// 2015, arXiv 1511.06807. The noise is a function of `seed`, the step and the place of a number
  /// among all that are laid end to end.
  NOISE(
      """
      noise (STAGE): normal noise on the gradient that fades
      Neelakantan et al. 2015, arXiv 1511.06807
      eta = 0.01 in [0, ∞): the paper tries 0.01, 0.3 and 1
      gamma = 0.55 in [0, ∞): the paper
      seed = whole 0 in [0, ∞): any
      = optax.add_noise(eta:eta=0.01, gamma:gamma=0.55, key:seed=0, *, seed!)
      """,
      "g += sqrt(eta / t^gamma) * gaussian(p, seed, t)"),

  /// Weights, of each parameter by itself, that are not negative and add up to a number: shares.
  SIMPLEX(
      """
      simplex (STAGE): weights that are not negative and add up to a number
      Duchi et al. 2008; Optax `projection_simplex`
      total = 1 in (0, ∞): Optax
      """,
      "…\np = simplex_projected(p, total)");

  private final String card;
  private final String formula;

  PlainStage(String card, String formula) {
    this.card = card;
    this.formula = formula;
  }

  @Override
  public String card() {
    return card;
  }

  @Override
  public String formula(Settings s) {
    return formula;
  }
}
