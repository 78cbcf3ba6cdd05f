package dev.thalweg.optim.rule;

/// [Adam] with the decay of the weights beside the rule. Loshchilov & Hutter 2019, arXiv
/// 1711.05101, algorithm 2.
public final class AdamW implements CardedRule {
  @Override
  public String card() {
    return """
    adamw (ADAM): Adam, with the decay of the weights beside the rule, not through it
    Loshchilov & Hutter 2019, arXiv 1711.05101
    lr = 0.001 in (0, ∞): Loshchilov & Hutter 2019, algorithm 2
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015, algorithm 1
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015, algorithm 1
    epsilon = 1e-8 in [0, ∞): Kingma & Ba 2015, algorithm 1
    weight_decay = 0.01 in [0, ∞): PyTorch's; the paper has none
    epsilon_place = outside of outside, inside, hat
    bias_correction = both of both, first, second, none
    """;
  }

  @Override
  public String formula(Settings s) {
    return s.has("weight_decay")
        ? Adam.moments(s) + "p -= lr * (" + Adam.step(s) + " + weight_decay * p)"
        : Adam.moments(s) + "p -= lr * " + Adam.step(s);
  }
}
