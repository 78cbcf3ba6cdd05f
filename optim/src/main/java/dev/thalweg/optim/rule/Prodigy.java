package dev.thalweg.optim.rule;

/// Prodigy: Adam whose rate is an estimate `d` of the distance from the start to the minimum.
/// Mishchenko & Defazio 2023, arXiv 2306.06101, algorithm 4 with the authors' weights of the
/// estimate, which stays while all gradients are 0.
public final class Prodigy implements CardedRule {
  @Override
  public String card() {
    return """
    prodigy (RATE_FREE): Adam with a rate that is the estimated distance to the minimum
    Mishchenko & Defazio 2023, arXiv 2306.06101
    lr = 1 in (0, ∞): the paper: 1, or a schedule from 1
    beta1 = 0.9 in [0, 1): the paper
    beta2 = 0.999 in [0, 1): the paper
    beta3 = none in [0, 1)
    epsilon = 1e-8 in (0, ∞): the paper
    weight_decay = 0 in [0, ∞): the authors
    d0 = fixed 1e-6 in (0, ∞): the paper
    d_coef = 1 in (0, ∞): the authors
    growth_rate = none in [1, ∞)
    bias_correction = false
    safeguard_warmup = false
    = optax.prodigy(learning_rate=1.0, betas=(0.9, 0.999), beta3=None, eps=1e-08, estim_lr0:d0=1e-06, estim_lr_coef:d_coef=1.0, weight_decay=0.0, safeguard_warmup=False) where bias_correction=true
    """;
  }

  @Override
  public String formula(Settings s) {
    String beta3 = s.isGiven("beta3") ? "beta3" : "sqrt(beta2)";
    return "init start = p\ninit d = d0\n"
        + (s.isGiven("growth_rate") ? "init best = d0\n" : "")
        + "rate = d * lr"
        + (s.flag("bias_correction") ? " * sqrt(1 - beta2^t) / (1 - beta1^t)\n" : "\n")
        + """
        m = beta1 * m + d * (1 - beta1) * g
        v = beta2 * v + d^2 * (1 - beta2) * g^2
        numerator = BETA3 * numerator + d / d0 * rate * global_sum(g * (start - p))
        s = BETA3 * s + d / d0 * WEIGHT * g
        size = global_sum(abs(s))
        guess = where(size > 0, d_coef * numerator / size, 0)
        """
            .replace("BETA3", beta3)
            .replace("WEIGHT", s.flag("safeguard_warmup") ? "d" : "rate")
        + (s.isGiven("growth_rate")
            ? """
            best = max(best, guess)
            d = min(best, where(d == d0, max(d, guess), d) * growth_rate)
            """
            : "d = max(d, guess)\n")
        + (s.has("weight_decay") ? "p -= weight_decay * rate * p\n" : "")
        + "p -= rate * m / (sqrt(v) + d * epsilon)";
  }
}
