package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.refused;
import static dev.thalweg.optim.rule.Arguments.required;

import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Setting;
import dev.thalweg.optim.rule.Settings;

/// What Optax' calls share.
///
/// In a chain `g` is what Optax calls the update. `optax.scale_by_learning_rate` and the optimizers
/// move the parameter; a chain without one of them adds its update to the parameter, as
/// `apply_updates` does.
public final class OptaxCalls {
  static final String DEFAULT = "Optax' default";

  private OptaxCalls() {}

  static Hyperparameter rate() {
    return named(required("learning_rate", NOT_NEGATIVE), "lr");
  }

  /// A choice of parameters.
  public static Hyperparameter mask(String name) {
    return refused(name, Setting.none(), "choosing parameters is not");
  }

  /// State in another precision.
  public static Hyperparameter precision(String name) {
    return refused(name, Setting.none(), "state in another precision is not");
  }

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
