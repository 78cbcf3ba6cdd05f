package dev.thalweg.optim.rule;

/// D-Adaptation of SGD: its rate is an estimate `d` of the distance to the minimum over the first
/// gradient's norm. Defazio & Mishchenko 2023, arXiv 2301.07733, algorithm 4. The first norm is
/// that of the gradient without decay, as in the authors' code, where the decay is added to a copy
/// that nobody reads (dadaptation 3.2, dadapt_sgd.py).
public final class DAdaptSgd implements CardedRule {
  @Override
  public String card() {
    return """
    dadapt_sgd (RATE_FREE): gradient descent with a rate by the estimated distance to the minimum
    Defazio & Mishchenko 2023, arXiv 2301.07733
    lr = 1 in (0, ∞): the paper: 1, or a schedule from 1
    momentum = 0 in [0, 1): the authors
    weight_decay = 0 in [0, ∞): the authors
    d0 = fixed 1e-6 in (0, ∞): the paper
    growth_rate = none in [1, ∞)
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    init start = p
    init d = d0
    first = where(first > 0, first, global_norm(g))
    rate = where(first > 0, d * lr / first, 0)
    """
        + (s.has("weight_decay") ? "g += weight_decay * p\n" : "")
        + """
        numerator = numerator + rate * global_sum(g * s)
        s = s + rate * g
        size = global_norm(s)
        guess = where(size > 0, 2 * numerator / size, 0)
        """
        + (s.isGiven("growth_rate")
            ? "d = max(d, min(guess, d * growth_rate))\n"
            : "d = max(d, guess)\n")
        + (s.has("momentum") ? "p = momentum * p + (1 - momentum) * (start - s)" : "p = start - s");
  }
}
