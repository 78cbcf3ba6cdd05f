package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.optimistic_adam`: optimistic descent along Adam's directions, the change with a rate of
/// its own.
public final class OptaxOptimisticAdam implements CardedRule {
  @Override
  public String card() {
    return """
    optax.optimistic_adam (ADAM): Adam, and how its direction has changed
    learning_rate:lr in [0, ∞)
    optimism = none in [0, ∞): the rate
    b1:beta1 = 0.9 in [0, 1)
    b2:beta2 = 0.999 in [0, 1)
    eps:epsilon = 1e-8 in [0, ∞)
    eps_root = 0 in [0, ∞)
    mu_dtype
    *
    nesterov = true
    """;
  }

  @Override
  public String formula(Settings s) {
    String optimism = s.isGiven("optimism") ? "optimism" : "lr";
    return lines(s)
        + "p -= (lr + RATE) * u - RATE * where(t > 1, before, u)\nbefore = u"
            .replace("RATE", optimism);
  }

  /// Adam's direction u.
  static String lines(Settings s) {
    return OptaxCalls.moments() + "u = " + OptaxCalls.adamStep(s) + "\n";
  }
}
