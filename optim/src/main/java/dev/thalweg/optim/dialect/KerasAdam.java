package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `keras.optimizers.Adam`, as Keras computes it.
public final class KerasAdam implements CardedRule {
  @Override
  public String card() {
    return """
    keras.Adam (ADAM): Adam, ε beside the uncorrected root
    learning_rate:lr = 0.001 in [0, ∞)
    beta_1:beta1 = 0.9 in [0, 1)
    beta_2:beta2 = 0.999 in [0, 1)
    epsilon = 1e-7 in [0, ∞)
    amsgrad = false
    weight_decay = none in [0, ∞)
    …
    """;
  }

  @Override
  public String formula(Settings s) {
    return KerasCalls.around(s, lines(s));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return KerasCalls.conflict(s);
  }

  static String lines(Settings s) {
    String lines =
        KerasCalls.before(s)
            + s.average("m", "g", "beta_1", "beta1", 0)
            + s.average("v", "g^2", "beta_2", "beta2", 0);
    String square = "v";
    if (s.flag("amsgrad")) {
      lines += "largest = max(largest, v)\n";
      square = "largest";
    }
    return lines
        + "p -= lr * sqrt(1 - beta2^t) / (1 - beta1^t) * "
        + s.overRootBeside("epsilon", "m", square);
  }
}
