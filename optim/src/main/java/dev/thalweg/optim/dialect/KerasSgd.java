package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `keras.optimizers.SGD`, as Keras computes it.
public final class KerasSgd implements CardedRule {
  @Override
  public String card() {
    return """
    keras.SGD (MOMENTUM): descent, with the rate inside the buffer
    learning_rate:lr = 0.01 in [0, ∞)
    momentum = 0 in [0, 1]
    nesterov = false
    weight_decay = none in [0, ∞)
    …
    """;
  }

  @Override
  public String formula(Settings s) {
    return KerasCalls.around(
        s,
        KerasCalls.before(s)
            + (s.has("momentum")
                ? "v = momentum * v - lr * g\np += "
                    + (s.flag("nesterov") ? "momentum * v - lr * g" : "v")
                : "p -= lr * g"));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return KerasCalls.conflict(s);
  }
}
