package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.scale_by_distance_over_gradients`: DoG for each tensor by itself, as Optax computes it;
/// `param_dtype`, in which the start is kept, is that of the parameters.
public final class OptaxScaleByDistanceOverGradients implements CardedRule {
  @Override
  public String card() {
    return """
    optax.scale_by_distance_over_gradients (STAGE): each tensor's update times its distance from the start over the root of all squares of its gradients
    reps_rel = 1e-6 in [0, ∞)
    eps:epsilon = 1e-8 in [0, ∞)
    param_dtype
    global_scale = 1 in (-∞, ∞)
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    init start = p
    distance = max(where(t > 1, distance, reps_rel * (1 + norm(p))), norm(p - start))
    total = total + norm(g)^2
    g = \
    """
        + s.overRootWithin("eps", "global_scale * distance * g", "total");
  }
}
