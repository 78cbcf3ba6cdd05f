package dev.thalweg.optim.rule;

/// Lion: the sign of an average. Chen et al. 2023, arXiv 2302.06675, program 1.
public final class Lion implements CardedRule {
  @Override
  public String card() {
    return """
    lion (ADAM): along the sign of an average of gradients
    Chen et al. 2023, arXiv 2302.06675
    lr = 1e-4 in (0, ∞): the paper, section 5
    beta1 = 0.9 in [0, 1): program 1
    beta2 = 0.99 in [0, 1): program 1
    weight_decay = 0 in [0, ∞): off
    = keras.Lion(learning_rate=0.001, beta_1=0.9, beta_2=0.99, …)
    = optax.lion(learning_rate, b1=0.9, b2=0.99, mu_dtype, weight_decay=0.001, mask)
    """;
  }

  @Override
  public String formula(Settings s) {
    return "p -= lr * (sign(beta1 * m + (1 - beta1) * g)"
        + (s.has("weight_decay") ? " + weight_decay * p" : "")
        + ")\nm = beta2 * m + (1 - beta2) * g";
  }
}
