package dev.thalweg.optim.rule;

/// YellowFin: rate and momentum that would fit a noisy quadratic of the curvatures seen. Zhang &
/// Mitliagkas 2017, arXiv 1706.03471, algorithms 1 to 4: the squares of the last `window`
/// gradients, at most 64, bound the curvature; with the gradients' variance C and the distance D to
/// the minimum, √μ is the root of x D² = (1 − x)³ C / h² by Vieta, or the momentum that the range
/// of curvatures needs. The least is averaged in logarithms, and the rate starts slowly, as in the
/// authors' code; that also clips, which is a stage here. `lr` multiplies the rate that is found.
public final class YellowFin implements CardedRule {
  @Override
  public String card() {
    return """
    yellowfin (RATE_FREE): momentum that tunes its rate and momentum by the curvature it sees
    Zhang & Mitliagkas 2017, arXiv 1706.03471
    lr = 1 in (0, ∞): the paper: none
    first = 1e-4 in (0, ∞): the authors: the rate of the first step
    beta = 0.999 in [0, 1): the paper
    window = whole 20 in [1, 64]: the paper
    epsilon = 1e-6 in (0, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    int window = (int) s.fixed("window");
    var least = new StringBuilder("h1");
    var largest = new StringBuilder("h1");
    var lines = new StringBuilder("h = global_sum(g^2)\n");
    for (int i = window; i > 0; i--) {
      lines.append(
          "h%d = %s\n".formatted(i, i == 1 ? "h" : "where(t > 1, h%d, h)".formatted(i - 1)));
      if (i > 1) {
        least.insert(0, "min(h" + i + ", ").append(')');
        largest.insert(0, "max(h" + i + ", ").append(')');
      }
    }
    return lines
        + "low = beta * low + (1 - beta) * log("
        + least
        + " + epsilon)\nhigh = beta * high + (1 - beta) * "
        + largest
        + """

        smallest = exp(low / (1 - beta^t)) + epsilon
        ratio = max((high / (1 - beta^t) + epsilon) / smallest, 1 + epsilon)
        squares = beta * squares + (1 - beta) * h
        m = beta * m + (1 - beta) * g
        variance = max(squares / (1 - beta^t) - global_sum(m^2) / (1 - beta^t)^2, epsilon) + epsilon
        size = beta * size + (1 - beta) * sqrt(h)
        away = beta * away + (1 - beta) * size / (squares + epsilon)
        q = (away / (1 - beta^t) + epsilon)^2 * smallest^2 / 2 / variance
        w = cbrt((-sqrt(q^2 + 4 / 27 * q^3) - q) / 2)
        x = w - q / 3 / (w + epsilon) + 1
        mass = max(x^2, ((sqrt(ratio) - 1) / (sqrt(ratio) + 1))^2)
        rate = (1 - sqrt(mass))^2 / smallest * min(1, t / (10 * window))
        b = where(t > 1, mass, 0) * b + g
        p -= lr * where(t > 1, rate, first) * b\
        """;
  }
}
