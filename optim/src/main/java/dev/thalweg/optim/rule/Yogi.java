package dev.thalweg.optim.rule;

/// Yogi: v ← v − (1 − β₂) sign(v − g²) g². Zaheer et al. 2018, with the corrections of Adam and
/// both averages beginning at 1e-6, as all libraries have it.
public final class Yogi implements CardedRule {
  @Override
  public String card() {
    return """
    yogi (ADAM): Adam whose squares grow and shrink by at most one gradient's
    Zaheer et al. 2018, NeurIPS 31
    lr = 0.01 in (0, ∞): the paper
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015
    epsilon = 0.001 in [0, ∞): the paper
    initial_accumulator = fixed 1e-6 in [0, ∞): Optax: of both averages
    epsilon_root = 0 in [0, ∞): Optax: a second ε, within the root
    = optax.yogi(learning_rate, b1=0.9, b2=0.999, eps=0.001)
    = optax.scale_by_yogi(b1=0.9, b2=0.999, eps=0.001, eps_root=0, initial_accumulator_value:initial_accumulator=1e-6) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    init m = initial_accumulator
    init v = initial_accumulator
    m = beta1 * m + (1 - beta1) * g
    v -= (1 - beta2) * sign(v - g^2) * g^2
    p -= lr * m / (1 - beta1^t) / (\
    """
        + s.root("v / (1 - beta2^t)")
        + " + epsilon)";
  }
}
