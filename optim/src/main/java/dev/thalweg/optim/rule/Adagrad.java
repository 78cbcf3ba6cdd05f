package dev.thalweg.optim.rule;

/// Rates that fall with the sum of squared gradients. Duchi, Hazan & Singer 2011.
public final class Adagrad implements CardedRule {
  @Override
  public String card() {
    return """
    adagrad (ADAPTIVE): each number's rate falls with the sum of its squared gradients
    Duchi, Hazan & Singer 2011, JMLR 12
    lr = 0.01 in (0, ∞): this library's choice
    epsilon = 1e-10 in [0, ∞): PyTorch; the paper's δ has no value
    epsilon_place = outside of outside, inside
    initial_accumulator = fixed 0 in [0, ∞): the paper's
    weight_decay = 0 in [0, ∞): the papers': none
    decay = coupled of coupled, decoupled, constant, proximal
    = keras.Adagrad(learning_rate=0.001, initial_accumulator_value:initial_accumulator=0.1, epsilon=1e-7, …) where epsilon_place=inside
    = optax.adagrad(learning_rate, initial_accumulator_value:initial_accumulator=0.1, eps=1e-7) where epsilon_place=inside
    = optax.scale_by_rss(initial_accumulator_value:initial_accumulator=0.1, eps=1e-7) where epsilon_place=inside, direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return s.decayed(
        "init s = initial_accumulator\ns = s + g^2\np -= lr * " + s.overRoot("g", "s"));
  }
}
