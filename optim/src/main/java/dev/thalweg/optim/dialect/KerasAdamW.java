package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `keras.optimizers.AdamW`, as Keras computes it.
public final class KerasAdamW implements CardedRule {
  @Override
  public String card() {
    return """
    keras.AdamW (ADAM): Keras' Adam with a decay of 0.004
    learning_rate:lr = 0.001 in [0, ∞)
    weight_decay = 0.004 in [0, ∞)
    beta_1:beta1 = 0.9 in [0, 1)
    beta_2:beta2 = 0.999 in [0, 1)
    epsilon = 1e-7 in [0, ∞)
    amsgrad = false
    …
    """;
  }

  @Override
  public String formula(Settings s) {
    return KerasCalls.around(s, KerasAdam.lines(s));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return KerasCalls.conflict(s);
  }
}
