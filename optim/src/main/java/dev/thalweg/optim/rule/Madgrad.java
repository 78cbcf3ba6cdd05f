package dev.thalweg.optim.rule;

/// MADGRAD: the sum of gradients over the cube root of the sum of squares, from the start. Defazio
/// & Jelassi 2021, arXiv 2101.11075, algorithm 1. `momentum` is the share of the point that is
/// kept; the decay is coupled.
public final class Madgrad implements CardedRule {
  @Override
  public String card() {
    return """
    madgrad (ADAPTIVE): dual averaging with cube roots and momentum
    Defazio & Jelassi 2021, arXiv 2101.11075
    lr = 0.01 in (0, ∞): the paper
    momentum = 0.9 in [0, 1): the paper
    epsilon = 1e-6 in [0, ∞): the paper
    weight_decay = 0 in [0, ∞): off
    = optax.madgrad(learning_rate, momentum=0.9, weight_decay=0.0, eps=1e-06)
    = optax.scale_by_madgrad(learning_rate, momentum=0.9, eps=1e-06) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return (s.has("weight_decay") ? "g += weight_decay * p\n" : "")
        + """
        init start = p
        weight = (lr + epsilon) * sqrt(t)
        v += weight * g^2
        s += weight * g
        z = start - \
        """
        + s.over("epsilon", "s", "v", "(cbrt(v) + epsilon)", "cbrt(v)")
        + "\np = momentum * p + (1 - momentum) * z";
  }
}
