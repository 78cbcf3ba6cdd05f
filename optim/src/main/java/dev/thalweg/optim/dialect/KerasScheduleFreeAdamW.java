package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `keras.optimizers.ScheduleFreeAdamW` as it is on JAX: every point counts the same in the
/// average, and the decay is that of the base class, by the rate before warm-up. On PyTorch and
/// TensorFlow Keras 3.15.1 finds x from the z after the step.
public final class KerasScheduleFreeAdamW implements CardedRule {
  @Override
  public String card() {
    return """
    keras.ScheduleFreeAdamW (RATE_FREE): AdamW with an average of its points in the place of momentum and schedule
    learning_rate:lr = 0.0025 in [0, ∞)
    beta_1:beta1 = 0.9 in (0, 1)
    beta_2:beta2 = 0.999 in [0, 1)
    epsilon = 1e-8 in [0, ∞)
    warmup_steps = 0 in [0, ∞)
    weight_decay = none in [0, ∞)
    …
    """;
  }

  @Override
  public String formula(Settings s) {
    return KerasCalls.around(
        s,
        KerasCalls.before(s)
            + """
            init z = p
            v += (1 - beta2) * (g^2 - v)
            x = (p - (1 - beta1) * z) / beta1
            """
            + (s.has("warmup_steps") ? "rate = lr * min(t / warmup_steps, 1)\n" : "rate = lr\n")
            + "z -= rate * "
            + s.overRootBeside("epsilon", "g", "v / (1 - beta2^t)")
            + "\np = (1 - beta1) * z + beta1 * ((1 - 1 / t) * x + z / t)");
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("(p - (1 - beta1) * z) / beta1");
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return KerasCalls.conflict(s);
  }
}
