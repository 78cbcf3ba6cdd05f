package dev.thalweg.optim.dialect;

import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Schedule;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// `optax.contrib.schedule_free_sgd`: with a warm-up the first step has the rate 0, while the
/// weights of the average are one step ahead; so they are of a rate that changes.
public final class OptaxScheduleFreeSgd implements CardedRule {
  /// The rate that the next step has.
  static final String AHEAD = "rate_ahead";

  @Override
  public String card() {
    return """
    optax.schedule_free_sgd (RATE_FREE): gradient descent with an average of its points in the place of a schedule
    learning_rate:lr = 1 in [0, ∞)
    warmup_steps = none in [1, ∞)
    b1:beta1 = 0.9 in (0, 1)
    weight_decay = none in [0, ∞)
    weight_lr_power = 2 in [0, ∞)
    state_dtype
    """;
  }

  @Override
  public String formula(Settings s) {
    return lines(s, s.has("weight_decay") ? "g + weight_decay * p" : "g");
  }

  /// The schedules with that of the rate one step ahead, where it changes.
  static SequencedMap<String, Schedule> withAhead(
      SequencedMap<String, Schedule> schedules, String rate) {
    var all = new LinkedHashMap<>(schedules);
    Schedule changing = all.get(rate);
    if (changing != null && !changing.isConstant()) {
      all.put(AHEAD, Schedule.of(changing + " one step ahead", step -> changing.at(step + 1)));
    }
    return all;
  }

  @Override
  public SequencedMap<String, Schedule> schedules(Settings s, List<Hyperparameter> arguments) {
    return withAhead(CardedRule.super.schedules(s, arguments), "lr");
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return changingAndWarm(s);
  }

  /// Optax' warm-up is a schedule up to a number.
  static Optional<String> changingAndWarm(Settings s) {
    return s.isGiven("warmup_steps") && !s.isConstant("learning_rate")
        ? Optional.of("with warmup_steps the learning_rate is a number, found a schedule")
        : Optional.empty();
  }

  /// The steps of y and z along `u`.
  static String lines(Settings s, String u) {
    String rates =
        s.isGiven("warmup_steps")
            ? """
            rate = lr * min((t - 1) / warmup_steps, 1)
            ahead = lr * min(t / warmup_steps, 1)
            """
            : """
            rate = lr
            ahead = AHEAD
            """
                .replace("AHEAD", s.isConstant("learning_rate") ? "lr" : AHEAD);
    return "init z = p\nu = "
        + u
        + "\n"
        + rates
        + """
        largest = max(largest, ahead)
        weight = largest^weight_lr_power
        total += weight
        share = where(total > 0, weight / total, 0)
        x = (p - (1 - beta1) * z) / beta1
        z -= rate * u
        x = (1 - share) * x + share * z
        p = beta1 * x + (1 - beta1) * z\
        """;
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("(p - (1 - beta1) * z) / beta1");
  }
}
