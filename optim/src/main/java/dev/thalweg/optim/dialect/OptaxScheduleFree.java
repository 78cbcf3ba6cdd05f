package dev.thalweg.optim.dialect;

import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Schedule;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// `optax.contrib.schedule_free` around another: its rate is given beside the one within, and
/// looked up one step ahead of it.
public final class OptaxScheduleFree implements CardedRule {
  @Override
  public String card() {
    return """
    optax.schedule_free (STAGE): an average of the points in the place of momentum and schedule
    learning_rate in [0, ∞)
    b1:beta1 = 0.9 in (0, 1)
    weight_lr_power = 2 in [0, ∞)
    state_dtype
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    init z = p
    x = (p - (1 - beta1) * z) / beta1
    …
    z += move
    largest = max(largest, RATE)
    weight = largest^weight_lr_power
    total += weight
    share = where(total > 0, weight / total, 0)
    p = beta1 * ((1 - share) * x + share * z) + (1 - beta1) * z\
    """
        .replace(
            "RATE", s.isConstant("learning_rate") ? "learning_rate" : OptaxScheduleFreeSgd.AHEAD);
  }

  @Override
  public SequencedMap<String, Schedule> schedules(Settings s, List<Hyperparameter> arguments) {
    return OptaxScheduleFreeSgd.withAhead(
        CardedRule.super.schedules(s, arguments), "learning_rate");
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("(p - (1 - beta1) * z) / beta1");
  }
}
