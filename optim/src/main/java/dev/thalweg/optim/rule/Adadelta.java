package dev.thalweg.optim.rule;

/// AdaDelta: Δ = √(u + ε)/√(v + ε) g, u the average of Δ², v that of g². Zeiler 2012, arXiv
/// 1212.5701, algorithm 1. The decay is coupled.
public final class Adadelta implements CardedRule {
  @Override
  public String card() {
    return """
    adadelta (ADAPTIVE): each gradient times the ratio of the sizes of recent steps and gradients
    Zeiler 2012, arXiv 1212.5701
    lr = 1 in (0, ∞): the paper has none
    rho = 0.95 in [0, 1): the paper, section 4.1
    epsilon = 1e-6 in [0, ∞): the paper, section 4.1
    weight_decay = 0 in [0, ∞): off
    = torch.Adadelta(lr=1.0, rho=0.9, eps=1e-06, weight_decay=0, foreach, *, capturable, maximize, differentiable)
    = keras.Adadelta(learning_rate=0.001, rho=0.95, epsilon=1e-07, …)
    = optax.adadelta(learning_rate=1.0, rho=0.9, eps=1e-06, weight_decay=0.0, weight_decay_mask)
    = optax.scale_by_adadelta(rho=0.9, eps=1e-06) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return (s.has("weight_decay") ? "g += weight_decay * p\n" : "")
        + "v = rho * v + (1 - rho) * g^2\nmove = "
        + s.overRootWithin("epsilon", "sqrt(u + epsilon)", "v")
        + """
         * g
        u = rho * u + (1 - rho) * move^2
        p -= lr * move\
        """;
  }
}
