package dev.thalweg.optim.rule;

import dev.thalweg.optim.Parameter;

/// CAME: Adafactor with momentum, which is trusted where it foresees the update. Luo et al. 2023,
/// arXiv 2307.02047, algorithm 2. A vector has no confidence, as in the authors' code.
public final class Came implements CardedRule {
  @Override
  public String card() {
    return """
    came (MATRIX): Adafactor with momentum, by how well it foresees the update
    Luo et al. 2023, arXiv 2307.02047
    lr = 2e-4 in (0, ∞): the authors
    beta1 = 0.9 in [0, 1): the authors
    beta2 = 0.999 in [0, 1): the authors
    beta3 = 0.9999 in [0, 1): the authors
    epsilon1 = 1e-30 in (0, ∞): the authors
    epsilon2 = 1e-16 in (0, ∞): the authors
    threshold = 1 in (0, ∞): the authors: d
    weight_decay = 0 in [0, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    return lines(
        s,
        """
        w = factored((u - m)^2 + epsilon2, 1 - beta3, 0)
        p -= lr * m / sqrt(w)\
        """);
  }

  @Override
  public String formula(Settings s, Parameter parameter) {
    return parameter.dimensions().length < 2 ? lines(s, "p -= lr * m") : formula(s);
  }

  private static String lines(Settings s, String step) {
    return (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + """
        v = factored(g^2 + epsilon1, 1 - beta2, 0)
        u = g / sqrt(v)
        u = u / max(1, rms(u) / threshold)
        m = lerp(m, u, 1 - beta1)
        """
        + step;
  }
}
