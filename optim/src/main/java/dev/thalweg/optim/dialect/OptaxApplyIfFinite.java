package dev.thalweg.optim.dialect;

import dev.thalweg.optim.NonFinite;
import dev.thalweg.optim.rule.NonFinitePolicy;
import dev.thalweg.optim.rule.Settings;

/// `optax.apply_if_finite` around another: a gradient with a NaN or an infinity moves nothing,
/// unless more than so many came in a row.
public final class OptaxApplyIfFinite implements NonFinitePolicy {
  @Override
  public String card() {
    return """
    optax.apply_if_finite (STAGE): no step by a gradient with a NaN or an infinity, a number of times in a row
    max_consecutive_errors = whole in [0, ∞)
    """;
  }

  @Override
  public NonFinite policy(Settings s) {
    return NonFinite.SKIP;
  }

  @Override
  public long mostInRow(Settings s) {
    return (long) s.fixed("max_consecutive_errors");
  }
}
