package dev.thalweg.optim.rule;

/// NAdamW: AdamW with the average taken ahead, its weight the same at all steps, the baseline of
/// AlgoPerf. Dozat 2016 over Loshchilov & Hutter 2019; Choi et al. 2019, arXiv 1910.05446, table 1,
/// correct both parts of what is ahead as the average itself is (`same_correction`), as timm has
/// it.
public final class NAdamW implements CardedRule {
  @Override
  public String card() {
    return """
    nadamw (ADAM): AdamW with the average taken ahead
    Dozat 2016; Loshchilov & Hutter 2019, arXiv 1711.05101
    lr = 0.001 in (0, ∞): Kingma & Ba 2015
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015
    epsilon = 1e-8 in [0, ∞): Kingma & Ba 2015
    weight_decay = 0.01 in [0, ∞): PyTorch's AdamW
    same_correction = false
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g^2
    """
        + (s.flag("same_correction")
            ? "ahead = (beta1 * m + (1 - beta1) * g) / (1 - beta1^t)\n"
            : "ahead = beta1 * m / (1 - beta1^(t + 1)) + (1 - beta1) * g / (1 - beta1^t)\n")
        + "u = "
        + s.overRootBeside("epsilon", "ahead", "v / (1 - beta2^t)")
        + (s.has("weight_decay") ? "\np -= lr * (u + weight_decay * p)" : "\np -= lr * u");
  }
}
