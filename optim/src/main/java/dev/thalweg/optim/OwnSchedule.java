package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// This library's own schedules, as the table of [Schedule] has them.
enum OwnSchedule implements ScheduleForm {
  CONSTANT("value") {
    @Override
    Schedule make(ScheduleArguments a) {
      return Schedule.constant(a.number("value", ScheduleLimit.FINITE));
    }
  },
  INVERSE_TIME("initial", "decay", "steps", "staircase") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new InverseTimeSchedule(
          a.number("initial", ScheduleLimit.FINITE),
          a.number("decay", ScheduleLimit.NOT_NEGATIVE),
          a.steps("steps", 1, 1),
          a.flag("staircase"));
    }
  },
  EXPONENTIAL("initial", "rate", "steps", "staircase", "end") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new ExponentialSchedule(
          a.number("initial", ScheduleLimit.FINITE),
          a.number("rate", ExponentialSchedule.ofRate(a.steps("steps", 1, 1), a.flag("staircase"))),
          a.steps("steps", 1, 1),
          a.flag("staircase"),
          end(a));
    }
  },
  STEP("initial", "rate", "steps", "end") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new ExponentialSchedule(
          a.number("initial", ScheduleLimit.FINITE),
          a.number("rate", ScheduleLimit.FINITE, 0.1),
          a.steps("steps", 1),
          true,
          end(a));
    }
  },
  PIECEWISE("values", "boundaries", "boundary") {
    @Override
    Schedule make(ScheduleArguments a) {
      List<Double> values = a.numbers("values", ScheduleLimit.FINITE);
      List<Long> boundaries = a.boundaries("boundaries");
      Boundary boundary = a.choice("boundary", Boundary.class, Boundary.AT);
      return a.make(() -> new PiecewiseSchedule(values, boundaries, boundary));
    }
  },
  INTERPOLATED("values", "positions", "curve") {
    @Override
    Schedule make(ScheduleArguments a) {
      List<Double> values = a.numbers("values", ScheduleLimit.FINITE);
      List<Double> positions = a.numbers("positions", ScheduleLimit.FINITE);
      Curve curve = a.choice("curve", Curve.class, Curve.LINEAR);
      return a.make(() -> new InterpolatedSchedule(values, positions, curve));
    }
  },
  LINEAR("initial", "end", "steps") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new PolynomialSchedule(
          a.number("initial", ScheduleLimit.FINITE),
          a.number("end", ScheduleLimit.FINITE),
          a.length("steps"),
          1,
          false);
    }
  },
  POLYNOMIAL("initial", "end", "steps", "power", "cycle") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new PolynomialSchedule(
          a.number("initial", ScheduleLimit.FINITE),
          a.number("end", ScheduleLimit.FINITE),
          a.length("steps"),
          a.number("power", ScheduleLimit.POSITIVE, 1),
          a.flag("cycle"));
    }
  },
  COSINE("peak", "warmup", "steps", "start", "end", "exponent", "past_end") {
    @Override
    Schedule make(ScheduleArguments a) {
      return a.make(() ->
          new CosineSchedule(
              a.number("peak", ScheduleLimit.FINITE),
              a.steps("warmup", 0, 0),
              a.length("steps"),
              a.number("start", ScheduleLimit.FINITE, 0),
              a.number("end", ScheduleLimit.FINITE, 0),
              a.number("exponent", ScheduleLimit.POSITIVE, 1),
              a.choice("past_end", PastEnd.class, PastEnd.HOLD)));
    }
  },
  WARM_RESTARTS("peak", "steps", "factor", "decay", "end") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new WarmRestartsSchedule(
          a.number("peak", ScheduleLimit.FINITE),
          a.steps("steps", 1),
          a.number("factor", ScheduleLimit.AT_LEAST_ONE, 1),
          a.number("decay", ScheduleLimit.NOT_NEGATIVE, 1),
          a.number("end", ScheduleLimit.FINITE, 0));
    }
  },
  ONE_CYCLE("peak", "steps", "rise", "start", "end", "curve") {
    @Override
    Schedule make(ScheduleArguments a) {
      double peak = a.number("peak", ScheduleLimit.FINITE);
      return new OneCycleSchedule(
          peak,
          a.length("steps"),
          a.number("rise", ScheduleLimit.FRACTION, OneCycleSchedule.RISE),
          a.number("start", ScheduleLimit.FINITE, peak / OneCycleSchedule.DIVISOR),
          a.number("end", ScheduleLimit.FINITE, peak / OneCycleSchedule.FINAL_DIVISOR),
          a.choice("curve", Curve.class, Curve.COSINE));
    }
  },
  WSD("peak", "decay", "warmup", "steps", "start", "end", "curve") {
    @Override
    Schedule make(ScheduleArguments a) {
      return a.make(() ->
          new StableDecaySchedule(
              a.number("peak", ScheduleLimit.FINITE),
              a.steps("decay", 1),
              a.steps("warmup", 0, 0),
              a.length("steps"),
              a.number("start", ScheduleLimit.FINITE, 0),
              a.number("end", ScheduleLimit.FINITE, 0),
              a.choice("curve", Curve.class, Curve.SQRT)));
    }
  },
  REX("initial", "steps", "end") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new RexSchedule(
          a.number("initial", ScheduleLimit.FINITE),
          a.length("steps"),
          a.number("end", ScheduleLimit.FINITE, 0));
    }
  },
  NOAM("peak", "warmup") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new NoamSchedule(a.number("peak", ScheduleLimit.FINITE), a.steps("warmup", 1));
    }
  },
  CYCLIC("low", "high", "up", "down", "form", "gamma") {
    @Override
    Schedule make(ScheduleArguments a) {
      long up = a.steps("up", 1);
      return new CyclicSchedule(
          a.number("low", ScheduleLimit.FINITE),
          a.number("high", ScheduleLimit.FINITE),
          up,
          a.steps("down", 1, up),
          a.choice("form", CycleForm.class, CycleForm.TRIANGULAR),
          a.number("gamma", ScheduleLimit.FRACTION, 1));
    }
  },
  DEMON("initial", "steps") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new DemonSchedule(a.number("initial", ScheduleLimit.FRACTION), a.length("steps"));
    }
  },
  CLOCK("then", "size", "unit") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new ClockSchedule(
          a.schedule("then"),
          a.steps("size", 1),
          a.choice("unit", ClockUnit.class, ClockUnit.EPOCHS));
    }
  },
  WARMUP("steps", "then", "start") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new WarmupSchedule(
          a.steps("steps", 1), a.schedule("then"), a.number("start", ScheduleLimit.FINITE, 0));
    }
  },
  THEN {
    @Override
    Schedule make(ScheduleArguments a) {
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
      return new JoinedSchedule(parts, boundaries);
    }
  },
  TIMES("first", "second") {
    @Override
    Schedule make(ScheduleArguments a) {
      return new ProductSchedule(a.schedule("first"), a.schedule("second"));
    }
  };

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

  abstract Schedule make(ScheduleArguments arguments);

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
    var named =
        call.named().stream()
            .map(a -> a.name().equals("lr") ? new Call.Argument(value, a.value(), a.span()) : a)
            .toList();
    return new Call(text(), call.positional(), named, call.span());
  }

  private static OptionalDouble end(ScheduleArguments a) {
    return a.has("end")
        ? OptionalDouble.of(a.number("end", ScheduleLimit.FINITE))
        : OptionalDouble.empty();
  }
}
