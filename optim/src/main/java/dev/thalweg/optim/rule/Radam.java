package dev.thalweg.optim.rule;

/// Rectified Adam: while the average of squares is too young to be trusted, momentum alone. Liu et
/// al. 2020, arXiv 1908.03265, algorithm 2.
public final class Radam implements CardedRule {
  @Override
  public String card() {
    return """
    radam (ADAM): Adam, its adaptive rate rectified while the averages are young
    Liu et al. 2020, arXiv 1908.03265
    lr = 0.001 in (0, ∞): the paper
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015
    epsilon = 1e-8 in [0, ∞): Kingma & Ba 2015
    threshold = 4 in (0, ∞): the paper, algorithm 2; PyTorch and Optax have 5
    weight_decay = 0 in [0, ∞): off
    decoupled_weight_decay = false
    = torch.RAdam(lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, decoupled_weight_decay=false, *, foreach, maximize, capturable, differentiable) where threshold=5
    """;
  }

  @Override
  public String formula(Settings s) {
    return (s.has("weight_decay")
            ? s.flag("decoupled_weight_decay") ? Settings.DECOUPLED : "g += weight_decay * p\n"
            : "")
        + """
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g^2
        longest = 2 / (1 - beta2) - 1
        length = longest - 2 * t * beta2^t / (1 - beta2^t)
        trust = sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
        rate = where(length > threshold, trust * sqrt(1 - beta2^t) / (sqrt(v) + epsilon), 1)
        p -= lr / (1 - beta1^t) * m * rate\
        """;
  }
}
