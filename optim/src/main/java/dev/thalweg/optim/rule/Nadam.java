package dev.thalweg.optim.rule;

/// Adam with Nesterov's momentum, whose weight μ grows: μₜ = β₁(1 − ½ 0.96^(ψt)). Dozat 2016, as
/// PyTorch has it; with ψ = `momentum_decay` = 1 Keras. Optax' `nadam` has no schedule of μ and is
/// another method.
public final class Nadam implements CardedRule {
  @Override
  public String card() {
    return """
    nadam (ADAM): Adam with the average taken ahead
    Dozat 2016
    lr = 0.002 in (0, ∞): PyTorch
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015
    epsilon = 1e-8 in [0, ∞): Kingma & Ba 2015
    momentum_decay = 0.004 in [0, ∞): Dozat 2016: 0.96^(t/250)
    weight_decay = 0 in [0, ∞): off
    decoupled_weight_decay = false
    = torch.NAdam(lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, momentum_decay=0.004, decoupled_weight_decay=false, *, foreach, maximize, capturable, differentiable)
    = keras.Nadam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, …) where momentum_decay=1
    """;
  }

  @Override
  public String formula(Settings s) {
    return (s.has("weight_decay")
            ? s.flag("decoupled_weight_decay") ? Settings.DECOUPLED : "g += weight_decay * p\n"
            : "")
        + """
        init product = 1
        now = beta1 * (1 - 0.5 * 0.96^(t * momentum_decay))
        next = beta1 * (1 - 0.5 * 0.96^((t + 1) * momentum_decay))
        product = product * now
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g^2
        ahead = (1 - now) / (1 - product) * g + next / (1 - product * next) * m
        p -= \
        """
        + s.overRootBeside("epsilon", "lr * ahead", "v / (1 - beta2^t)");
  }
}
