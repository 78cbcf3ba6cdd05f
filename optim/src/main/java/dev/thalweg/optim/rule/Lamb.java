package dev.thalweg.optim.rule;

import java.util.Map;

/// LAMB: the step of AdamW, scaled for each tensor to ‖θ‖. You et al. 2020, arXiv 1904.00962,
/// algorithm 2; the decay is within the ratio, other than in Keras.
public final class Lamb implements CardedRule {
  @Override
  public String card() {
    return """
    lamb (ADAM): Adam's direction, as long as the weights of the tensor
    You et al. 2020, arXiv 1904.00962
    lr = 0.001 in (0, ∞): the paper
    beta1 = 0.9 in [0, 1): the paper
    beta2 = 0.999 in [0, 1): the paper
    epsilon = 1e-6 in [0, ∞): the paper
    weight_decay = 0.01 in [0, ∞): the paper
    epsilon_root = 0 in [0, ∞): Optax: a second ε, within the root
    = keras.Lamb(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, …) where weight_decay=0
    = optax.lamb(learning_rate, b1=0.9, b2=0.999, eps=1e-06, eps_root=0.0, weight_decay=0.0, mask)
    """;
  }

  @Override
  public String formula(Settings s) {
    return "m = beta1 * m + (1 - beta1) * g\n"
        + "v = beta2 * v + (1 - beta2) * g^2\n"
        + "u = "
        + s.overRoots("m / (1 - beta1^t)", "v / (1 - beta2^t)")
        + "\n"
        + (s.has("weight_decay") ? "u += weight_decay * p\n" : "")
        + "p -= lr * where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1), 1) * u";
  }

  @Override
  public Map<String, String> told() {
    return Map.of("trust ratio", "where(norm(p) > 0, where(norm(u) > 0, norm(p) / norm(u), 1), 1)");
  }
}
