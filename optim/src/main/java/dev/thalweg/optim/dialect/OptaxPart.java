package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// Optax' calls whose formula is one text, as Optax computes them.
public enum OptaxPart implements CardedRule {
  /// `optax.apply_every`: updates are added up, and their sum goes on at every k-th step; the
  /// stages before it take part in every step.
  APPLY_EVERY(
      """
      optax.apply_every (STAGE): the sum of so many updates at once
      k = whole 1 in [1, ∞)
      """,
      """
      total = where(k * floor((t - 1) / k) == t - 1, 0, total) + g
      g = where(k * floor(t / k) == t, total, 0)\
      """),

  /// Takes the mean at each place of the first dimension, as weights are that have their outputs in
  /// rows; the paper's, for weights as they are here, is `centered`.
  CENTRALIZE(
      "optax.centralize (STAGE): the update without its mean at each place of the first dimension",
      "g = centered(g, 1)"),

  /// Each tensor's root mean square.
  CLIP_BY_BLOCK_RMS(
      """
      optax.clip_by_block_rms (STAGE): each parameter's update shortened to a root mean square
      threshold:limit in (0, ∞)
      """,
      "g = g / max(1, rms(g) / limit)"),

  /// Stands behind the optimizer.
  KEEP_PARAMS_NONNEGATIVE(
      "optax.keep_params_nonnegative (STAGE): 0 in the place of a number that a step made negative",
      "p = where(p < 0, 0, p)"),

  /// `optax.rprop`, which makes the step of the gradient before (google-deepmind/optax pull request
  /// 1725): the first one moves nothing. The rate is the first size of a step.
  RPROP(
      """
      optax.rprop (ADAPTIVE): steps that grow while the sign of the gradient stays, one too late
      learning_rate:lr in (0, ∞)
      eta_minus = 0.5 in [0, ∞)
      eta_plus = 1.2 in (0, ∞)
      min_step_size:smallest = 1e-6 in (0, ∞)
      max_step_size:largest = 50 in (0, ∞)
      = optax.scale_by_rprop(learning_rate, eta_minus=0.5, eta_plus=1.2, min_step_size=1e-6, max_step_size=50) where direction
      """,
      """
      init size = lr
      same = g * before
      size = where(same == 0, size, clip(size * where(same > 0, eta_plus, eta_minus), smallest, largest))
      next = where(same < 0, 0, size * sign(g))
      p -= where(same < 0, 0, before)
      before = next\
      """),

  /// A number, or a schedule.
  SCALE(
      """
      optax.scale (STAGE): the update times a number
      step_size:factor in (-∞, ∞)
      = optax.scale_by_schedule(step_size_fn:step_size)
      """,
      "g = factor * g"),

  /// The norm of each tensor.
  SCALE_BY_PARAM_BLOCK_NORM(
      """
      optax.scale_by_param_block_norm (STAGE): each tensor's update times the norm of its weights
      min_scale = 0.001 in [0, ∞)
      """,
      "g = max(norm(p), min_scale) * g"),

  /// The root mean square of each tensor.
  SCALE_BY_PARAM_BLOCK_RMS(
      """
      optax.scale_by_param_block_rms (STAGE): each tensor's update times the root mean square of its weights
      min_scale = 0.001 in [0, ∞)
      """,
      "g = max(rms(p), min_scale) * g"),

  /// Where a norm is 0 the update stays.
  SCALE_BY_TRUST_RATIO(
      """
      optax.scale_by_trust_ratio (STAGE): each tensor's update as long as its weights
      min_norm = 0 in [0, ∞)
      trust_coefficient = 1 in (-∞, ∞)
      eps:epsilon = 0 in [0, ∞)
      """,
      """
      long = max(norm(p), min_norm)
      length = max(norm(g), min_norm)
      g = where(long * length > 0, trust_coefficient * long / (length + epsilon), 1) * g\
      """);

  private final String card;
  private final String formula;

  OptaxPart(String card, String formula) {
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
