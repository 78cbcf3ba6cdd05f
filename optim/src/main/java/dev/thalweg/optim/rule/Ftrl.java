package dev.thalweg.optim.rule;

/// FTRL-Proximal. McMahan et al. 2013, Ad Click Prediction, algorithm 1. The point is made anew
/// from the sums z in each step, so the start is almost forgotten in the first: for linear models.
///
/// In F32 squares of gradients that add up to 3.4e38 and more end in NaN: an infinite root is taken
/// from another, where methods that divide by such a root only stop.
public final class Ftrl implements CardedRule {
  @Override
  public String card() {
    return """
    ftrl (ADAPTIVE): follow the regularised leader, with weights that are exactly 0
    McMahan et al. 2013, KDD
    lr = 0.001 in (0, ∞): Keras
    power = -0.5: the paper
    initial_accumulator = fixed 0.1 in [0, ∞): Keras
    l1 = 0 in [0, ∞): off
    l2 = 0 in [0, ∞): off
    shrinkage = 0 in [0, ∞): off
    beta = 0 in [0, ∞): Keras; the paper suggests 1
    = keras.Ftrl(learning_rate=0.001, learning_rate_power:power=-0.5, initial_accumulator_value:initial_accumulator=0.1, l1_regularization_strength:l1=0.0, l2_regularization_strength:l2=0.0, l2_shrinkage_regularization_strength:shrinkage=0.0, beta=0.0, …)
    """;
  }

  @Override
  public String formula(Settings s) {
    // a root is a tenth of the time of a power
    String root = s.is("power", -0.5) ? "sqrt(%s)" : "%s^(-power)";
    return "init n = initial_accumulator\nsum_n = n + g^2\n"
        + (s.has("shrinkage") ? "g += 2 * shrinkage * p\n" : "")
        + """
        z += g - (%s - %s) / lr * p
        n = sum_n
        p = (clip(z, -l1, l1) - z) / (%s / lr + 2 * l2 + beta / lr)\
        """
            .formatted(root.formatted("sum_n"), root.formatted("n"), root.formatted("n"));
  }
}
