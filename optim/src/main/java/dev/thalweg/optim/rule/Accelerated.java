package dev.thalweg.optim.rule;

import java.util.Optional;

/// Nesterov's accelerated gradient, whose momentum grows with the steps and begins anew where it
/// leads uphill. Nesterov 1983; the restarts of O'Donoghue & Candès 2015, arXiv 1204.3982, by the
/// gradient, where a step goes against it, or by the value (`function`), where that has risen. The
/// rate must be at most 1 over the largest curvature.
///
/// Gradients are taken at y, which is the parameter; the method is evaluated at x, where the last
/// step of length lr came to. The value that decides is the one at y.
public final class Accelerated implements CardedRule {
  @Override
  public String card() {
    return """
    accelerated (MOMENTUM): momentum that grows with the steps, and begins anew where it leads uphill
    Nesterov 1983; O'Donoghue & Candès 2015, arXiv 1204.3982
    lr = 0.01 in (0, ∞): as sgd's
    restart = gradient of none, gradient, function
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    init x = p
    init theta = 1
    next = p - lr * g
    TURN
    larger = (1 + sqrt(1 + 4 * theta^2)) / 2
    p = next + (theta - 1) / larger * (next - x)
    x = next
    theta = larger\
    """
        .replace(
            "TURN\n",
            s.choose(
                "restart",
                "",
                "theta = where(global_sum(g * (next - x)) > 0, 1, theta)\n",
                "theta = where((t > 1) * (value > last), 1, theta)\nlast = value\n"));
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("x");
  }
}
