package dev.thalweg.optim.dialect;

import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Schedule;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// `optax.contrib.schedule_free_adamw`, with the clock of [OptaxScheduleFreeSgd].
public final class OptaxScheduleFreeAdamW implements CardedRule {
  @Override
  public String card() {
    return """
    optax.schedule_free_adamw (RATE_FREE): AdamW with an average of its points in the place of momentum and schedule
    learning_rate:lr = 0.0025 in [0, ∞)
    warmup_steps = none in [1, ∞)
    b1:beta1 = 0.9 in (0, 1)
    b2:beta2 = 0.999 in [0, 1)
    eps:epsilon = 1e-8 in [0, ∞)
    weight_decay = 0 in [0, ∞)
    weight_lr_power = 2 in [0, ∞)
    state_dtype
    """;
  }

  @Override
  public String formula(Settings s) {
    return "v = beta2 * v + (1 - beta2) * g^2\n"
        + OptaxScheduleFreeSgd.lines(
            s,
            s.overRootBeside("eps", "g", "v / (1 - beta2^t)")
                + (s.has("weight_decay") ? " + weight_decay * p" : ""));
  }

  @Override
  public SequencedMap<String, Schedule> schedules(Settings s, List<Hyperparameter> arguments) {
    return OptaxScheduleFreeSgd.withAhead(CardedRule.super.schedules(s, arguments), "lr");
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return OptaxScheduleFreeSgd.changingAndWarm(s);
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("(p - (1 - beta1) * z) / beta1");
  }
}
