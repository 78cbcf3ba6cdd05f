package dev.thalweg.optim.rule;

/// D-Adaptation of Adam: its rate is an estimate `d` of the distance to the minimum. Defazio &
/// Mishchenko 2023, arXiv 2301.07733, algorithm 5, with the authors' decay beside the rule.
public final class DAdaptAdam implements CardedRule {
  @Override
  public String card() {
    return """
    dadapt_adam (RATE_FREE): Adam with a rate that is the estimated distance to the minimum
    Defazio & Mishchenko 2023, arXiv 2301.07733
    lr = 1 in (0, ∞): the paper: 1, or a schedule from 1
    beta1 = 0.9 in [0, 1): the paper
    beta2 = 0.999 in [0, 1): the paper
    epsilon = 1e-8 in (0, ∞): the paper
    weight_decay = 0 in [0, ∞): the authors
    d0 = fixed 1e-6 in (0, ∞): the paper
    growth_rate = none in [1, ∞)
    bias_correction = false
    = optax.dadapt_adamw(learning_rate=1.0, betas=(0.9, 0.999), eps=1e-08, estim_lr0:d0=1e-06, weight_decay=0.0) where bias_correction=true
    """;
  }

  @Override
  public String formula(Settings s) {
    return "init d = d0\nrate = d * lr"
        + (s.flag("bias_correction") ? " * sqrt(1 - beta2^t) / (1 - beta1^t)\n" : "\n")
        + """
        along = global_sum(g * s / (sqrt(v) + epsilon))
        m = beta1 * m + rate * (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g^2
        s = sqrt(beta2) * s + rate * (1 - sqrt(beta2)) * g
        numerator = sqrt(beta2) * numerator + (1 - sqrt(beta2)) * rate * along
        size = global_sum(abs(s))
        guess = where(size > 0, numerator / ((1 - sqrt(beta2)) * size), 0)
        """
        + (s.isGiven("growth_rate")
            ? "d = max(d, min(guess, d * growth_rate))\n"
            : "d = max(d, guess)\n")
        + (s.has("weight_decay") ? "p -= weight_decay * rate * p\n" : "")
        + "p -= m / (sqrt(v) + epsilon)";
  }
}
