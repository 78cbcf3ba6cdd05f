package dev.thalweg.optim.rule;

import java.util.Map;

/// AdamW with the clipping of Adafactor: the rate of a tensor is divided by the root mean square of
/// g/√v where that is above 1. Wortsman et al. 2023, arXiv 2304.13013, algorithm 2. The averages
/// are corrected by their weights.
public final class StableAdamW implements CardedRule {
  @Override
  public String card() {
    return """
    stable_adamw (ADAM): AdamW whose rate falls where the squares lag behind
    Wortsman et al. 2023, arXiv 2304.13013
    lr = 0.001 in (0, ∞): this library's choice
    beta1 = 0.9 in [0, 1): the paper
    beta2 = 0.99 in [0, 1): the paper
    epsilon = 1e-8 in (0, ∞): this library's choice
    weight_decay = 0.01 in [0, ∞): this library's choice
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    m = lerp(m, g, (1 - beta1) / (1 - beta1^t))
    v = lerp(v, g^2, (1 - beta2) / (1 - beta2^t))
    rate = lr / max(1, rms(g / max(sqrt(v), epsilon)))
    """
        + (s.has("weight_decay") ? "p -= rate * weight_decay * p\n" : "")
        + "p -= rate * m / (sqrt(v) + epsilon)";
  }

  @Override
  public Map<String, String> told() {
    return Map.of("clipped to", "rate / lr");
  }
}
