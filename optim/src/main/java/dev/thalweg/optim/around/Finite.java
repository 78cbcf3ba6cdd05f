package dev.thalweg.optim.around;

import dev.thalweg.optim.NonFinite;
import dev.thalweg.optim.rule.NonFinitePolicy;
import dev.thalweg.optim.rule.Settings;

/// What happens at a gradient with a NaN or an infinity ([NonFinite]). It computes nothing: the run
/// looks.
public final class Finite implements NonFinitePolicy {
  /// What it is called.
  public static final String NAME = "finite";

  @Override
  public String card() {
    return """
    finite (STAGE): what happens at a gradient with a NaN or an infinity
    Optax `apply_if_finite`, `zero_nans`
    policy = fail of fail, skip, zero, zero_nans, unchecked
    """;
  }

  @Override
  public NonFinite policy(Settings s) {
    return s.choice("policy", NonFinite.class);
  }
}
