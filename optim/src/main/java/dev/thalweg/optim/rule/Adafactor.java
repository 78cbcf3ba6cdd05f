package dev.thalweg.optim.rule;

import java.util.Map;

/// Adafactor: the squares of a matrix' gradients as the product of what their rows and columns are
/// on average, steps in proportion to the weights, clipped. Shazeer & Stern 2018, arXiv 1804.04235,
/// algorithms 4 and 5. The rate is the largest; it is 1/√t where that is smaller.
public final class Adafactor implements CardedRule {
  @Override
  public String card() {
    return """
    adafactor (MATRIX): squares of gradients by row and column, steps in proportion to the weights
    Shazeer & Stern 2018, arXiv 1804.04235
    lr = 0.01 in (0, ∞): the paper
    beta2_decay = -0.8 in (-∞, 0]: the paper: 1 − β₂ is t to it
    epsilon1 = 1e-30 in (0, ∞): the paper
    epsilon2 = 0.001 in [0, ∞): the paper
    threshold = 1 in (0, ∞): the paper: d
    weight_decay = 0 in [0, ∞): the paper: none
    relative_step = true
    = keras.Adafactor(learning_rate=0.001, beta_2_decay:beta2_decay=-0.8, epsilon_1:epsilon1=1e-30, epsilon_2:epsilon2=1e-3, clip_threshold:threshold=1.0, relative_step, …)
    """;
  }

  @Override
  public String formula(Settings s) {
    return "size = max(epsilon2, rms(p)) * "
        + (s.flag("relative_step") ? "min(lr, 1 / sqrt(t))\n" : "lr\n")
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "v = factored(g^2 + epsilon1, t^beta2_decay, 0)\n"
        + "u = g / sqrt(v)\n"
        + "p -= size * u / max(1, rms(u) / threshold)";
  }

  @Override
  public Map<String, String> told() {
    return Map.of("clipped to", "1 / max(1, rms(u) / threshold)");
  }
}
