package dev.thalweg.optim.rule;

/// RMSProp as TensorFlow 1 has it: squares that begin at 1, ε within the root, the rate within the
/// momentum. Reinforcement learning reports results with it; [Rmsprop] has each of the three as an
/// argument.
public final class RmspropTf implements CardedRule {
  @Override
  public String card() {
    return """
    rmsprop_tf (ADAPTIVE): RMSProp in TensorFlow 1's form
    TensorFlow 1, tf.train.RMSPropOptimizer; timm, RMSpropTF
    lr = 0.01 in (0, ∞): timm
    rho = 0.9 in [0, 1): TensorFlow 1
    momentum = 0 in [0, 1): TensorFlow 1
    epsilon = 1e-10 in [0, ∞): TensorFlow 1
    centered = false
    """;
  }

  @Override
  public String formula(Settings s) {
    String square = s.flag("centered") ? "v - m^2" : "v";
    String step = "lr * " + s.overRootWithin("epsilon", "g", square);
    return "init v = 1\nv = rho * v + (1 - rho) * g^2\n"
        + (s.flag("centered") ? "m = rho * m + (1 - rho) * g\n" : "")
        + (s.has("momentum") ? "b = momentum * b + " + step + "\np -= b" : "p -= " + step);
  }
}
