package dev.thalweg.optim.rule;

/// [Adamax] with decoupled decay.
public final class AdamaxW implements CardedRule {
  @Override
  public String card() {
    return """
    adamaxw (ADAM): Adamax, with the decay of the weights beside it
    Kingma & Ba 2015; Loshchilov & Hutter 2019
    lr = 0.002 in (0, ∞): Kingma & Ba 2015, algorithm 2
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015
    epsilon = 1e-8 in [0, ∞): PyTorch; the paper has none
    weight_decay = 1e-4 in [0, ∞): Optax
    = optax.adamaxw(learning_rate, b1=0.9, b2=0.999, eps=1e-08, weight_decay=0.0001, mask)
    """;
  }

  @Override
  public String formula(Settings s) {
    String size = "((1 - beta1^t) * u)";
    String step = s.over("epsilon", "m", "u", size, size);
    return "m = beta1 * m + (1 - beta1) * g\nu = max(beta2 * u, abs(g) + epsilon)\np -= lr * "
        + (s.has("weight_decay") ? "(" + step + " + weight_decay * p)" : step);
  }
}
