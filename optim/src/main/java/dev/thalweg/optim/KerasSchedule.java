package dev.thalweg.optim;

import static dev.thalweg.optim.ScheduleLimit.AT_LEAST_ONE;
import static dev.thalweg.optim.ScheduleLimit.FINITE;
import static dev.thalweg.optim.ScheduleLimit.NOT_NEGATIVE;
import static dev.thalweg.optim.ScheduleLimit.POSITIVE;

import dev.thalweg.formula.Call;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The schedules of Keras 3.15.1, as their own calls
/// (`keras/src/optimizers/schedules/learning_rate_schedule.py`).
///
/// Keras computes them in float32, here they are double; where a restart or a stair falls on a step
/// that float32 misses, Keras is late by one. The argument `name` is a label and ignored.
enum KerasSchedule implements ScheduleForm {
  EXPONENTIAL_DECAY(
      "ExponentialDecay",
      "initial_learning_rate",
      "decay_steps",
      "decay_rate",
      "staircase",
      "name"),
  PIECEWISE_CONSTANT_DECAY("PiecewiseConstantDecay", "boundaries", "values", "name"),
  POLYNOMIAL_DECAY(
      "PolynomialDecay",
      "initial_learning_rate",
      "decay_steps",
      "end_learning_rate",
      "power",
      "cycle",
      "name"),
  INVERSE_TIME_DECAY(
      "InverseTimeDecay",
      "initial_learning_rate",
      "decay_steps",
      "decay_rate",
      "staircase",
      "name"),
  COSINE_DECAY(
      "CosineDecay",
      "initial_learning_rate",
      "decay_steps",
      "alpha",
      "name",
      "warmup_target",
      "warmup_steps"),
  COSINE_DECAY_RESTARTS(
      "CosineDecayRestarts",
      "initial_learning_rate",
      "first_decay_steps",
      "t_mul",
      "m_mul",
      "alpha",
      "name");

  private final String name;

  /// Immutable, though its type can't say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> arguments;

  KerasSchedule(String name, String... arguments) {
    this.name = name;
    this.arguments = List.of(arguments);
  }

  @Override
  public String text() {
    return "keras." + name;
  }

  /// In the order of their places.
  List<String> arguments() {
    return arguments;
  }

  private Schedule make(ScheduleArguments a) {
    return switch (this) {
      case EXPONENTIAL_DECAY ->
          new ExponentialSchedule(
              a.number("initial_learning_rate", FINITE),
              a.number("decay_rate", POSITIVE),
              a.steps("decay_steps", 1),
              a.flag("staircase"),
              OptionalDouble.empty());
      case PIECEWISE_CONSTANT_DECAY -> {
        List<Long> boundaries = a.boundaries("boundaries");
        List<Double> values = a.numbers("values", FINITE);
        if (values.size() != boundaries.size() + 1) {
          throw a.error(
              "values",
              "must be one more than boundaries, found %d and %d"
                  .formatted(values.size(), boundaries.size()));
        }
        yield new PiecewiseSchedule(values, boundaries, Boundary.AFTER);
      }
      case POLYNOMIAL_DECAY ->
          new PolynomialSchedule(
              a.number("initial_learning_rate", FINITE),
              a.number("end_learning_rate", FINITE, 1e-4),
              OptionalLong.of(a.steps("decay_steps", 1)),
              a.number("power", POSITIVE, 1),
              a.flag("cycle"));
      case INVERSE_TIME_DECAY ->
          new InverseTimeSchedule(
              a.number("initial_learning_rate", FINITE),
              a.number("decay_rate", NOT_NEGATIVE),
              a.steps("decay_steps", 1),
              a.flag("staircase"));
      case COSINE_DECAY -> {
        double initial = a.number("initial_learning_rate", FINITE);
        long decay = a.steps("decay_steps", 1);
        // Without a target Keras ignores the steps of the warm-up.
        double peak = a.number("warmup_target", FINITE, initial);
        long warmup = a.has("warmup_target") ? a.steps("warmup_steps", 0, 0) : 0;
        yield new CosineSchedule(
            peak,
            warmup,
            OptionalLong.of(warmup + decay),
            warmup > 0 ? OptionalDouble.of(initial) : OptionalDouble.empty(),
            peak * a.number("alpha", FINITE, 0),
            1,
            PastEnd.HOLD);
      }
      case COSINE_DECAY_RESTARTS -> {
        double peak = a.number("initial_learning_rate", FINITE);
        yield new WarmRestartsSchedule(
            peak,
            a.steps("first_decay_steps", 1),
            a.number("t_mul", AT_LEAST_ONE, 2),
            a.number("m_mul", NOT_NEGATIVE, 1),
            peak * a.number("alpha", FINITE, 0));
      }
    };
  }

  @Override
  public Schedule read(Call call) {
    return make(new ScheduleArguments(text(), call, arguments));
  }
}
