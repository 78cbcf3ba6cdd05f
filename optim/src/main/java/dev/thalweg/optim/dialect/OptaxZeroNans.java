package dev.thalweg.optim.dialect;

import dev.thalweg.optim.NonFinite;
import dev.thalweg.optim.rule.NonFinitePolicy;
import dev.thalweg.optim.rule.Settings;

/// `optax.zero_nans`, of the gradients that a step is given: an infinity goes on.
public final class OptaxZeroNans implements NonFinitePolicy {
  @Override
  public String card() {
    return "optax.zero_nans (STAGE): 0 in the place of each NaN";
  }

  @Override
  public NonFinite policy(Settings s) {
    return NonFinite.ZERO_NANS;
  }
}
