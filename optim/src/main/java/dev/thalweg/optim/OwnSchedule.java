package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// This library's own schedules, as the table of [Schedule] has them.
enum OwnSchedule implements ScheduleForm {
  CONSTANT("value"),
  INVERSE_TIME("initial", "decay", "steps", "staircase"),
  EXPONENTIAL("initial", "rate", "steps", "staircase", "end"),
  STEP("initial", "rate", "steps", "end"),
  PIECEWISE("values", "boundaries", "boundary"),
  INTERPOLATED("values", "positions", "curve"),
  LINEAR("initial", "end", "steps"),
  POLYNOMIAL("initial", "end", "steps", "power", "cycle"),
  COSINE("peak", "warmup", "steps", "start", "end", "exponent", "past_end"),
  WARM_RESTARTS("peak", "steps", "factor", "decay", "end"),
  ONE_CYCLE("peak", "steps", "rise", "start", "end", "curve"),
  WSD("peak", "decay", "warmup", "steps", "start", "end", "curve"),
  REX("initial", "steps", "end"),
  NOAM("peak", "warmup"),
  CYCLIC("low", "high", "up", "down", "form", "gamma"),
  DEMON("initial", "steps"),
  CLOCK("then", "size", "unit"),
  WARMUP("steps", "then", "start"),
  THEN,
  TIMES("first", "second");

  /// The arguments that may be called `lr`.
  private static final List<String> VALUES = List.of("value", "initial", "peak");

  /// In positional order; empty: any number, none by name. Immutable, though its type can't say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> arguments;

  OwnSchedule(String... arguments) {
    this.arguments = List.of(arguments);
  }

  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  private Schedule make(ScheduleArguments a) {
    return switch (this) {
      case CONSTANT -> Schedule.constant(a.number("value", ScheduleLimit.FINITE));
      case INVERSE_TIME ->
          new InverseTimeSchedule(
              a.number("initial", ScheduleLimit.FINITE),
              a.number("decay", ScheduleLimit.NOT_NEGATIVE),
              a.steps("steps", 1, 1),
              a.flag("staircase"));
      case EXPONENTIAL ->
          new ExponentialSchedule(
              a.number("initial", ScheduleLimit.FINITE),
              a.number(
                  "rate", ExponentialSchedule.ofRate(a.steps("steps", 1, 1), a.flag("staircase"))),
              a.steps("steps", 1, 1),
              a.flag("staircase"),
              optional(a, "end"));
      case STEP ->
          new ExponentialSchedule(
              a.number("initial", ScheduleLimit.FINITE),
              a.number("rate", ScheduleLimit.FINITE, 0.1),
              a.steps("steps", 1),
              true,
              optional(a, "end"));
      case PIECEWISE -> {
        List<Double> values = a.numbers("values", ScheduleLimit.FINITE);
        List<Long> boundaries = a.boundaries("boundaries");
        Boundary boundary = a.choice("boundary", Boundary.class, Boundary.AT);
        yield new PiecewiseSchedule(values, boundaries, boundary);
      }
      case INTERPOLATED -> {
        List<Double> values = a.numbers("values", ScheduleLimit.FINITE);
        List<Double> positions = a.numbers("positions", ScheduleLimit.FINITE);
        Curve curve = a.choice("curve", Curve.class, Curve.LINEAR);
        yield new InterpolatedSchedule(values, positions, curve);
      }
      case LINEAR ->
          new PolynomialSchedule(
              a.number("initial", ScheduleLimit.FINITE),
              a.number("end", ScheduleLimit.FINITE),
              a.length("steps"),
              1,
              false);
      case POLYNOMIAL ->
          new PolynomialSchedule(
              a.number("initial", ScheduleLimit.FINITE),
              a.number("end", ScheduleLimit.FINITE),
              a.length("steps"),
              a.number("power", ScheduleLimit.POSITIVE, 1),
              a.flag("cycle"));
      case COSINE ->
          new CosineSchedule(
              a.number("peak", ScheduleLimit.FINITE),
              a.steps("warmup", 0, 0),
              a.length("steps"),
              optional(a, "start"),
              a.number("end", ScheduleLimit.FINITE, 0),
              a.number("exponent", ScheduleLimit.POSITIVE, 1),
              a.choice("past_end", PastEnd.class, PastEnd.HOLD));
      case WARM_RESTARTS ->
          new WarmRestartsSchedule(
              a.number("peak", ScheduleLimit.FINITE),
              a.steps("steps", 1),
              a.number("factor", ScheduleLimit.AT_LEAST_ONE, 1),
              a.number("decay", ScheduleLimit.NOT_NEGATIVE, 1),
              a.number("end", ScheduleLimit.FINITE, 0));
      case ONE_CYCLE -> {
        double peak = a.number("peak", ScheduleLimit.FINITE);
        yield new OneCycleSchedule(
            peak,
            a.length("steps"),
            a.number("rise", ScheduleLimit.FRACTION, OneCycleSchedule.RISE),
            a.number("start", ScheduleLimit.FINITE, peak / OneCycleSchedule.DIVISOR),
            a.number("end", ScheduleLimit.FINITE, peak / OneCycleSchedule.FINAL_DIVISOR),
            a.choice("curve", Curve.class, Curve.COSINE));
      }
      case WSD ->
          new StableDecaySchedule(
              a.number("peak", ScheduleLimit.FINITE),
              a.steps("decay", 1),
              a.steps("warmup", 0, 0),
              a.length("steps"),
              optional(a, "start"),
              a.number("end", ScheduleLimit.FINITE, 0),
              a.choice("curve", Curve.class, Curve.SQRT));
      case REX ->
          new RexSchedule(
              a.number("initial", ScheduleLimit.FINITE),
              a.length("steps"),
              a.number("end", ScheduleLimit.FINITE, 0));
      case NOAM -> new NoamSchedule(a.number("peak", ScheduleLimit.FINITE), a.steps("warmup", 1));
      case CYCLIC -> {
        long up = a.steps("up", 1);
        yield new CyclicSchedule(
            a.number("low", ScheduleLimit.FINITE),
            a.number("high", ScheduleLimit.FINITE),
            up,
            a.steps("down", 1, up),
            a.choice("form", CycleForm.class, CycleForm.TRIANGULAR),
            a.number("gamma", ScheduleLimit.FRACTION, 1));
      }
      case DEMON ->
          new DemonSchedule(a.number("initial", ScheduleLimit.FRACTION), a.length("steps"));
      case CLOCK ->
          new ClockSchedule(
              a.schedule("then"),
              a.steps("size", 1),
              a.choice("unit", ClockUnit.class, ClockUnit.EPOCHS));
      case WARMUP ->
          new WarmupSchedule(a.steps("steps", 1), a.schedule("then"), optional(a, "start"));
      case THEN -> {
        List<CallValue> arguments = a.positional();
        if (arguments.size() % 2 == 0) {
          throw a.errorAtCall(
              "must have schedules with a step between each two, then(s, 100, u), found %d arguments"
                  .formatted(arguments.size()));
        }
        var parts = new ArrayList<Schedule>();
        var boundaries = new ArrayList<Long>();
        for (int i = 0; i < arguments.size(); i++) {
          if (i % 2 == 0) {
            parts.add(Schedule.read(arguments.get(i), "then: a schedule"));
          } else {
            long least = boundaries.isEmpty() ? 0 : boundaries.getLast();
            boundaries.add(ScheduleArguments.steps(arguments.get(i), "then: a boundary", least));
          }
        }
        yield new JoinedSchedule(parts, boundaries);
      }
      case TIMES -> new ProductSchedule(a.schedule("first"), a.schedule("second"));
    };
  }

  @Override
  public Schedule read(Call call) {
    return make(
        arguments.isEmpty()
            ? new ScheduleArguments(text(), call)
            : new ScheduleArguments(text(), withValueNamed(call), arguments));
  }

  /// `lr` is another name of the value that stands first.
  private Call withValueNamed(Call call) {
    String value = arguments.getFirst();
    if (!VALUES.contains(value)) {
      return call;
    }
    var named = new ArrayList<Call.Argument>();
    for (Call.Argument a : call.named()) {
      named.add(a.name().equals("lr") ? new Call.Argument(value, a.value(), a.span()) : a);
    }
    return new Call(text(), call.positional(), named, call.span());
  }

  private static OptionalDouble optional(ScheduleArguments a, String argument) {
    return a.has(argument)
        ? OptionalDouble.of(a.number(argument, ScheduleLimit.FINITE))
        : OptionalDouble.empty();
  }
}
