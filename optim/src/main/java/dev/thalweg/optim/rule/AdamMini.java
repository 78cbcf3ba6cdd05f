package dev.thalweg.optim.rule;

/// Adam-mini: AdamW with one average of squares for each tensor, the mean of its squared gradients.
/// Zhang et al. 2024, arXiv 2406.16793, algorithm 1, whose blocks are tensors, but heads of
/// attention and rows of embeddings, which are parameters of their own here or are not moved by it.
public final class AdamMini implements CardedRule {
  @Override
  public String card() {
    return """
    adam_mini (ADAM): AdamW with one rate for each tensor
    Zhang et al. 2024, arXiv 2406.16793
    lr = 0.001 in (0, ∞): the authors
    beta1 = 0.9 in [0, 1): the authors
    beta2 = 0.999 in [0, 1): the authors
    epsilon = 1e-8 in [0, ∞): the authors
    weight_decay = 0 in [0, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    return (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + """
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * mean(g^2)
        p -= \
        """
        + s.overRootBeside("epsilon", "lr * (m / (1 - beta1^t))", "v / (1 - beta2^t)");
  }
}
