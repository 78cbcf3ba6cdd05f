package dev.thalweg.optim;

import static dev.thalweg.optim.ScheduleLimit.FINITE;
import static dev.thalweg.optim.ScheduleLimit.FRACTION;
import static dev.thalweg.optim.ScheduleLimit.NOT_NEGATIVE;
import static dev.thalweg.optim.ScheduleLimit.POSITIVE;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The schedules of Optax 0.2.8, as their own calls (`optax/schedules`).
///
/// Optax computes them in float32 unless told otherwise, here they are double. A Python dictionary
/// of steps stands as it is, `{100: 0.1, 200: 0.1}`, as a list of pairs, or as `dict([(100, 0.1),
/// (200, 0.1)])`.
enum OptaxSchedule implements ScheduleForm {
  CONSTANT_SCHEDULE("value"),
  LINEAR_SCHEDULE("init_value", "end_value", "transition_steps", "transition_begin"),
  POLYNOMIAL_SCHEDULE("init_value", "end_value", "power", "transition_steps", "transition_begin"),
  PIECEWISE_CONSTANT_SCHEDULE("init_value", "boundaries_and_scales"),
  PIECEWISE_INTERPOLATE_SCHEDULE("interpolate_type", "init_value", "boundaries_and_scales"),
  EXPONENTIAL_DECAY(
      "init_value", "transition_steps", "decay_rate", "transition_begin", "staircase", "end_value"),
  COSINE_DECAY_SCHEDULE("init_value", "decay_steps", "alpha", "exponent"),
  WARMUP_CONSTANT_SCHEDULE("init_value", "peak_value", "warmup_steps"),
  WARMUP_COSINE_DECAY_SCHEDULE(
      "init_value", "peak_value", "warmup_steps", "decay_steps", "end_value", "exponent"),
  WARMUP_EXPONENTIAL_DECAY_SCHEDULE(
      "init_value",
      "peak_value",
      "warmup_steps",
      "transition_steps",
      "decay_rate",
      "transition_begin",
      "staircase",
      "end_value"),
  COSINE_ONECYCLE_SCHEDULE(
      "transition_steps", "peak_value", "pct_start", "div_factor", "final_div_factor"),
  LINEAR_ONECYCLE_SCHEDULE(
      "transition_steps", "peak_value", "pct_start", "pct_final", "div_factor", "final_div_factor"),
  JOIN_SCHEDULES("schedules", "boundaries"),
  SGDR_SCHEDULE("cosine_kwargs");

  /// Immutable, though its type can't say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> arguments;

  OptaxSchedule(String... arguments) {
    this.arguments = List.of(arguments);
  }

  @Override
  public String text() {
    return "optax." + name().toLowerCase(Locale.ROOT);
  }

  /// In the order of their places.
  List<String> arguments() {
    return arguments;
  }

  private Schedule make(ScheduleArguments a) {
    return switch (this) {
      case CONSTANT_SCHEDULE -> Schedule.constant(a.number("value", FINITE));
      case LINEAR_SCHEDULE -> polynomial(a, 1);
      case POLYNOMIAL_SCHEDULE -> polynomial(a, a.number("power", POSITIVE));
      case PIECEWISE_CONSTANT_SCHEDULE -> {
        double value = a.number("init_value", FINITE);
        SequencedMap<Long, Double> scales = scales(a);
        yield new PiecewiseSchedule(
            cumulated(value, scales), List.copyOf(scales.keySet()), Boundary.AT);
      }
      case PIECEWISE_INTERPOLATE_SCHEDULE -> {
        Curve curve = a.curve("interpolate_type");
        double value = a.number("init_value", FINITE);
        yield interpolated(curve, value, scales(a));
      }
      case EXPONENTIAL_DECAY -> exponential(a, a.number("init_value", FINITE));
      case COSINE_DECAY_SCHEDULE -> {
        double value = a.number("init_value", FINITE);
        yield new CosineSchedule(
            value,
            0,
            OptionalLong.of(a.steps("decay_steps", 1)),
            OptionalDouble.empty(),
            value * a.number("alpha", FINITE, 0),
            a.number("exponent", POSITIVE, 1),
            PastEnd.HOLD);
      }
      case WARMUP_CONSTANT_SCHEDULE ->
          transition(
              a.number("init_value", FINITE),
              a.number("peak_value", FINITE),
              a.steps("warmup_steps", 0),
              1);
      case WARMUP_COSINE_DECAY_SCHEDULE -> {
        double peak = a.number("peak_value", FINITE);
        long warmup = a.steps("warmup_steps", 0);
        long steps = a.steps("decay_steps", 1);
        if (steps <= warmup) {
          throw a.error(
              "decay_steps",
              "must be more than warmup_steps, which they include, found %d and %d"
                  .formatted(steps, warmup));
        }
        double start = a.number("init_value", FINITE);
        double end = a.number("end_value", FINITE, 0);
        yield new CosineSchedule(
            peak,
            warmup,
            OptionalLong.of(steps),
            warmup > 0 ? OptionalDouble.of(start) : OptionalDouble.empty(),
            // Optax takes the end as a part of the peak, and 0 where there is none.
            peak == 0 ? 0 : end,
            a.number("exponent", POSITIVE, 1),
            PastEnd.HOLD);
      }
      case WARMUP_EXPONENTIAL_DECAY_SCHEDULE -> {
        double peak = a.number("peak_value", FINITE);
        long warmup = a.steps("warmup_steps", 0);
        yield transition(a.number("init_value", FINITE), peak, warmup, 1)
            .then(warmup, exponential(a, peak));
      }
      case COSINE_ONECYCLE_SCHEDULE -> {
        long steps = a.steps("transition_steps", 1);
        double divisor = a.number("div_factor", POSITIVE, 25);
        var scales = new TreeMap<Long, Double>();
        scales.put((long) (a.number("pct_start", FRACTION, 0.3) * steps), divisor);
        scales.put(steps, 1 / (divisor * a.number("final_div_factor", POSITIVE, 1e4)));
        yield interpolated(Curve.COSINE, a.number("peak_value", FINITE) / divisor, scales);
      }
      case LINEAR_ONECYCLE_SCHEDULE -> {
        long steps = a.steps("transition_steps", 1);
        double divisor = a.number("div_factor", POSITIVE, 25);
        var scales = new TreeMap<Long, Double>();
        scales.put((long) (a.number("pct_start", FRACTION, 0.3) * steps), divisor);
        scales.put((long) (a.number("pct_final", FRACTION, 0.85) * steps), 1 / divisor);
        scales.put(steps, 1 / a.number("final_div_factor", POSITIVE, 1e4));
        yield interpolated(Curve.LINEAR, a.number("peak_value", FINITE) / divisor, scales);
      }
      case JOIN_SCHEDULES -> {
        var parts = new ArrayList<Schedule>();
        for (CallValue part : a.list("schedules")) {
          parts.add(Schedule.read(part, text() + ": schedules"));
        }
        yield a.joined(parts, "schedules", "boundaries");
      }
      case SGDR_SCHEDULE -> {
        var parts = new ArrayList<Schedule>();
        var boundaries = new ArrayList<Long>();
        long begin = 0;
        for (CallValue period : a.list("cosine_kwargs")) {
          if (!(period instanceof Call call && call.name().equals("dict"))) {
            throw period
                .span()
                .error(
                    "%s: expected dict(init_value=…, …), found %s"
                        .formatted(text(), CallValue.shortened(period.toString())));
          }
          boundaries.add(begin);
          Schedule part =
              WARMUP_COSINE_DECAY_SCHEDULE.read(
                  new Call(
                      WARMUP_COSINE_DECAY_SCHEDULE.text(),
                      call.positional(),
                      call.named(),
                      call.span()));
          parts.add(part);
          begin += ((CosineSchedule) part).steps().orElseThrow();
        }
        if (parts.isEmpty()) {
          throw a.error("cosine_kwargs", "must have at least one period, found none");
        }
        yield new JoinedSchedule(parts, boundaries.subList(1, boundaries.size()));
      }
    };
  }

  @Override
  public Schedule read(Call call) {
    return make(new ScheduleArguments(text(), call, arguments));
  }

  private static Schedule polynomial(ScheduleArguments a, double power) {
    double initial = a.number("init_value", FINITE);
    Schedule falling =
        transition(initial, a.number("end_value", FINITE), a.steps("transition_steps", 0), power);
    return delayed(a, initial, falling);
  }

  /// Without steps Optax stays at the first value.
  private static Schedule transition(double initial, double end, long steps, double power) {
    return steps == 0
        ? Schedule.constant(initial)
        : new PolynomialSchedule(initial, end, OptionalLong.of(steps), power, false);
  }

  private static Schedule exponential(ScheduleArguments a, double initial) {
    long steps = a.steps("transition_steps", 0);
    double rate = a.number("decay_rate", NOT_NEGATIVE);
    boolean staircase = a.flag("staircase");
    OptionalDouble end =
        a.has("end_value")
            ? OptionalDouble.of(a.number("end_value", FINITE))
            : OptionalDouble.empty();
    if (steps == 0 || rate == 0) {
      // Optax then stays at the first value, whatever the end.
      return delayed(a, initial, Schedule.constant(initial));
    }
    var falling = new ExponentialSchedule(initial, rate, steps, staircase, end);
    return delayed(a, falling.at(0), falling);
  }

  private static Schedule delayed(ScheduleArguments a, double initial, Schedule then) {
    long begin = a.steps("transition_begin", 0, 0);
    return begin == 0 || then.isConstant() ? then : Schedule.constant(initial).then(begin, then);
  }

  private static Schedule interpolated(
      Curve curve, double initial, SequencedMap<Long, Double> scales) {
    var positions = new ArrayList<Double>();
    positions.add(0.0);
    for (long step : scales.keySet()) {
      positions.add((double) step);
    }
    return new InterpolatedSchedule(cumulated(initial, scales), positions, curve);
  }

  /// A value, and what the factors make of it one after the other.
  private static List<Double> cumulated(double initial, SequencedMap<Long, Double> scales) {
    var values = new ArrayList<Double>();
    values.add(initial);
    for (double scale : scales.values()) {
      values.add(values.getLast() * scale);
    }
    return values;
  }

  /// A dictionary of steps and factors, in the order of the steps.
  private static SequencedMap<Long, Double> scales(ScheduleArguments a) {
    String name = "boundaries_and_scales";
    var scales = new TreeMap<Long, Double>();
    if (!a.has(name)) {
      return scales;
    }
    CallValue value = a.value(name);
    if (value instanceof Call call
        && call.name().equals("dict")
        && call.named().isEmpty()
        && call.positional().size() == 1) {
      value = call.positional().getFirst();
    }
    if (!(value instanceof CallValue.Tuple pairs)) {
      throw a.error(name, "must be a list of pairs, ((step, factor), …), found " + shown(value));
    }
    for (CallValue pair : pairs.values()) {
      if (!(pair instanceof CallValue.Tuple(List<CallValue> two, Span _)) || two.size() != 2) {
        throw pair.span()
            .error(
                "%s: expected a pair (step, factor), found %s"
                    .formatted(a.what(name), shown(pair)));
      }
      long step = ScheduleArguments.steps(two.get(0), a.what(name) + ": a step", 0);
      double factor =
          ScheduleArguments.number(two.get(1), a.what(name) + ": a factor", NOT_NEGATIVE);
      scales.put(step, factor);
    }
    return scales;
  }

  private static String shown(CallValue value) {
    return CallValue.shortened(value.toString());
  }
}
