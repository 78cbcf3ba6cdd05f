package dev.thalweg.optim.rule;

/// Sophia-H: the average of the gradients over that of the Hessian's diagonal, each number of the
/// step clipped. Liu et al. 2023, arXiv 2305.14342, algorithm 3 with algorithm 1 (Hutchinson): the
/// estimate is made every so many steps, at the first one, too, by random signs instead of normal
/// numbers, whose variance is larger.
public final class Sophia implements CardedRule {
  /// Whether an estimate is due, and the gradient before it is asked for.
  static final String DUE = "first = g\ndue = t - 1 == every * floor((t - 1) / every)\n";

  @Override
  public String card() {
    return """
    sophia (SECOND_ORDER): the gradients' average over the Hessian's diagonal, each number of a step clipped
    Liu et al. 2023, arXiv 2305.14342
    also sophia_h
    lr = 0.0001 in (0, ∞): this library's choice, the authors' for Sophia-G
    beta1 = 0.96 in [0, 1): the paper
    beta2 = 0.99 in [0, 1): the paper
    gamma = 0.01 in (0, ∞): the paper, for Sophia-H
    epsilon = 1e-12 in (0, ∞): the paper
    weight_decay = 0.1 in [0, ∞): the authors
    every = whole 10 in [1, ∞): the paper
    seed = whole 0 in [0, ∞): any
    """;
  }

  @Override
  public String formula(Settings s) {
    return product("seed") + step(s, "z * g");
  }

  /// What is done with an estimate of the diagonal.
  static String step(Settings s, String estimate) {
    return s.average("m", "first", "beta1", "beta1", 0)
        + "h = where(due, lerp(h, "
        + estimate
        + ", 1 - beta2), h)\n"
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "p -= lr * clip(m / max(gamma * h, epsilon), -1, 1)";
  }

  /// The product with signs, or with nothing, which costs nothing, where none is due.
  ///
  /// @param seed of the signs, in the formula
  public static String product(String seed) {
    return DUE
        + """
        z = where(due, sign(gaussian(p, SEED, t)), 0)
        g = z
        g = hessian(g)
        """
            .replace("SEED", seed);
  }
}
