package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.rmsprop`, as Optax computes it.
public final class OptaxRmsprop implements CardedRule {
  @Override
  public String card() {
    return """
    optax.rmsprop (ADAPTIVE): RMSProp, ε inside the root unless said otherwise
    learning_rate:lr in [0, ∞)
    decay = 0.9 in [0, 1)
    eps:epsilon = 1e-8 in [0, ∞)
    initial_scale = fixed 0 in [0, ∞)
    eps_in_sqrt = true
    centered = false
    momentum = none in [0, 1]
    nesterov = false
    bias_correction = false
    = optax.scale_by_rms(decay=0.9, eps=1e-8, initial_scale=0, eps_in_sqrt=true, bias_correction=false) where direction
    = optax.scale_by_stddev(decay=0.9, eps=1e-8, initial_scale=0, eps_in_sqrt=true, bias_correction=false) where centered=true, direction
    """;
  }

  @Override
  public String formula(Settings s) {
    String lines = "init v = initial_scale\nv = decay * v + (1 - decay) * g^2\n";
    String correction = s.flag("bias_correction") ? " / (1 - decay^t)" : "";
    String square = "v" + correction;
    if (s.flag("centered")) {
      lines += "a = decay * a + (1 - decay) * g\n";
      square = "max(" + square + " - (a" + correction + ")^2, 0)";
    }
    String step = "lr * " + step(s, square);
    if (!s.isGiven("momentum")) {
      return lines + "p -= " + step;
    }
    return lines
        + "u = "
        + step
        + "\nb = u + momentum * b\np -= "
        + (s.flag("nesterov") ? "u + momentum * b" : "b");
  }

  private static String step(Settings s, String square) {
    return s.flag("eps_in_sqrt")
        ? s.overRootWithin("eps", "g", square)
        : s.overRootBeside("eps", "g", square);
  }
}
