package dev.thalweg.optim.dialect;

import dev.thalweg.optim.Privacy;
import dev.thalweg.optim.rule.PrivateStage;
import dev.thalweg.optim.rule.Settings;

/// `optax.contrib.dpsgd`: [OptaxSgd] on gradients that are private. The noise is this library's, of
/// the same distribution.
public final class OptaxDpsgd implements PrivateStage {
  /// For what is said in the end of how private it was.
  private static final double DELTA = 1e-5;

  @Override
  public String card() {
    return """
    optax.dpsgd (DESCENT): descent by gradients of examples made shorter, with noise: differential privacy
    learning_rate:lr in [0, ∞)
    l2_norm_clip = fixed in (0, ∞)
    noise_multiplier = fixed in [0, ∞)
    seed = whole in [0, ∞)
    momentum = none in [0, 1]
    nesterov = false
    """;
  }

  @Override
  public String formula(Settings s) {
    return OptaxSgd.lines(s);
  }

  @Override
  public Privacy privacy(Settings s) {
    return privacy(s, "seed");
  }

  static Privacy privacy(Settings s, String seed) {
    return new Privacy(
        s.fixed("l2_norm_clip"), s.fixed("noise_multiplier"), DELTA, (long) s.fixed(seed));
  }
}
