package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Optax' transformations whose formula is one text, as Optax computes them.
public enum OptaxPart implements Rule {
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
  public Card card() {
    return Card.of(card);
  }

  @Override
  public String formula(Settings s) {
    return formula;
  }
}
