package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Settings;

/// What Optax' calls share.
///
/// In a chain `g` is what Optax calls the update. `optax.scale_by_learning_rate` and the optimizers
/// move the parameter; a chain without one of them adds its update to the parameter, as
/// `apply_updates` does.
public final class OptaxCalls {
  private OptaxCalls() {}

  static String moments() {
    return "m = beta1 * m + (1 - beta1) * g\nv = beta2 * v + (1 - beta2) * g^2\n";
  }

  static String adamStep(Settings s) {
    String mean =
        s.flag("nesterov")
            ? "(beta1 * m / (1 - beta1^(t + 1)) + (1 - beta1) * g / (1 - beta1^t))"
            : "m / (1 - beta1^t)";
    String square = "v / (1 - beta2^t)" + (s.has("eps_root") ? " + eps_root" : "");
    return s.overRootBeside("eps", mean, square);
  }
}
