package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.polyak_sgd`: `scaling` shortens the gradient before its square is taken; in the variant
/// `sps` a value below the bound climbs, in `sps_plus` it stays.
public final class OptaxPolyakSgd implements CardedRule {
  @Override
  public String card() {
    return """
    optax.polyak_sgd (DESCENT): along the gradient as far as a linear function goes down to its least value
    max_learning_rate = 1 in (0, ∞)
    scaling:lr = 1 in [0, ∞)
    f_min = 0 in (-∞, ∞)
    eps:epsilon = 0 in [0, ∞)
    variant = sps of sps, sps_plus
    = optax.scale_by_polyak(f_min=0, max_learning_rate=1, eps=0, variant=sps) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return "g = lr * g\nsquared = global_norm(g)^2"
        + (s.has("eps") ? " + epsilon" : "")
        + "\ngap = "
        + (s.is("variant", "sps_plus") ? "max(value - f_min, 0)" : "value - f_min")
        + "\n"
        + "p -= where(squared > 2.220446049250313e-16, min(gap / squared, max_learning_rate), 0) *"
        + " g";
  }
}
