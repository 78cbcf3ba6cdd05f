package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.scale_by_rms`, as Optax computes it.
public final class OptaxScaleByRms implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.scale_by_rms (STAGE): divided by the root of the average of the squares
        decay = 0.9 in [0, 1)
        eps:epsilon = 1e-8 in [0, ∞)
        initial_scale = fixed 0 in [0, ∞)
        eps_in_sqrt = true
        bias_correction = false
        """);
  }

  @Override
  public String formula(Settings s) {
    return "init v = initial_scale\nv = decay * v + (1 - decay) * g^2\ng = "
        + step(s, s.flag("bias_correction") ? "v / (1 - decay^t)" : "v");
  }

  static String step(Settings s, String square) {
    return s.flag("eps_in_sqrt")
        ? s.overRootWithin("eps", "g", square)
        : s.overRootBeside("eps", "g", square);
  }
}
