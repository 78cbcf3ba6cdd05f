package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Span;
import dev.thalweg.kernels.NotNull;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongToDoubleFunction;

/// The value of a hyperparameter as a pure function of the step.
///
/// A schedule holds no state and doesn't depend on the order of calls, so that resuming a run needs
/// nothing but its step. Step 0 is the first update: before it no gradient has been applied.
///
/// | text | value at step t |
/// |---|---|
/// | `0.1`, `constant(0.1)` | 0.1 |
/// | `inverse_time(a, decay=β, steps=1, staircase=false)` | a / (1 + βt/steps) |
/// | `exponential(a, rate=γ, steps=1, staircase=false, end=none)` | a · γ^(t/steps), never past `end` |
/// | `step(a, rate=0.1, steps=n)` | the same with ⌊t/n⌋ |
/// | `piecewise((a, b, c), (100, 200), boundary=at)` | a until 100, b until 200, c; see [Boundary] |
/// | `interpolated((a, b, c), (0, 100, 300), curve=linear)` | through these points, held outside; see [Curve] |
/// | `linear(a, b, steps)` | a + (b − a) · min(t/steps, 1) |
/// | `polynomial(a, b, steps, power=1, cycle=false)` | b + (a − b)(1 − min(t/steps, 1))^power |
/// | `cosine(a, warmup=0, steps, start=none, end=0, exponent=1, past_end=hold)` | a warm-up to a, then half a cosine to `end` |
/// | `warm_restarts(a, steps, factor=1, decay=1, end=0)` | half a cosine, again and again |
/// | `one_cycle(a, steps, rise=0.3, start=a/25, end=a/250000, curve=cosine)` | from `start` up to a, and down to `end` |
/// | `wsd(a, decay=n, warmup=0, steps, start=none, end=0, curve=sqrt)` | a warm-up to a, a, and in the last n steps down to `end` |
/// | `rex(a, steps, end=0)` | end + (a − end)(1 − s)/(1 − s/2), s = min(t/steps, 1) |
/// | `noam(a, warmup=n)` | a · min((t + 1)/n, √(n/(t + 1))) |
/// | `cyclic(a, b, up=n, down=n, form=triangular, gamma=1)` | from a up to b and down, again and again; see [CycleForm] |
/// | `demon(β, steps)` | β(1 − s)/(1 − β + β(1 − s)), s = min(t/steps, 1): a momentum |
/// | `clock(s, n, unit=epochs)` | s(⌊t/n⌋), n updates being an epoch; with samples or tokens, n an update, s(t · n) |
/// | `warmup(n, s, start=none)` | s(0) · (t + 1)/n for t < n, then s(t − n) |
/// | `then(s, 100, u, 200, v)` | s(t) until 100, u(t − 100) until 200, v(t − 200) |
/// | `times(s, u)` | s(t) · u(t) |
///
/// The first argument may also be called `lr`; arguments without a name follow in the order of the
/// table. Where a length `steps` is left out of `linear`, `polynomial`, `cosine`, `one_cycle`,
/// `wsd`, `rex` or `demon`, it is the run's: [#resolved]. A length always *includes* the warm-up.
///
/// A warm-up of n steps has an n-th of the value at step 0 and all of it at step n − 1. With a
/// `start` it begins there, and has all of the value at step n, as in Optax and Keras: with
/// `start=0` the first update moves nothing.
///
/// Other libraries' own calls are read too, with their argument names, defaults and conventions:
/// `optax.warmup_cosine_decay_schedule(…)`, `keras.ExponentialDecay(…)`, `torch.StepLR(lr=0.1,
/// step_size=30)`; those of PyTorch take the optimizer's rate as their first argument, `lr`. They
/// become the schedules above, so that what they compute can be read off their text.
///
/// `toString` is the text form; it reads back as an equal schedule ([Of] excepted).
public sealed interface Schedule
    permits Schedule.Constant,
        Schedule.Of,
        InverseTimeSchedule,
        ExponentialSchedule,
        PiecewiseSchedule,
        InterpolatedSchedule,
        PolynomialSchedule,
        CosineSchedule,
        WarmRestartsSchedule,
        OneCycleSchedule,
        StableDecaySchedule,
        RexSchedule,
        NoamSchedule,
        CyclicSchedule,
        DemonSchedule,
        ClockSchedule,
        WarmupSchedule,
        JoinedSchedule,
        ProductSchedule {

  /// The value used by the update with this number, counted from 0.
  ///
  /// @param step at least 0
  /// @throws IllegalStateException if the schedule has no length yet: see [#resolved]
  double at(long step);

  /// Whether it has the same value at every step, and says so: a [Constant].
  default boolean isConstant() {
    return this instanceof Constant;
  }

  /// Whether [#at] can be asked: no part of it waits for the length of a run.
  default boolean isResolved() {
    return true;
  }

  /// This schedule with a length: where none was given, it ends with the run.
  ///
  /// @param totalSteps how many updates the run will make, at least 1
  /// @return this schedule itself if it has a length
  /// @throws IllegalArgumentException if the run is too short for what the schedule contains, a
  ///   warm-up for example
  default Schedule resolved(long totalSteps) {
    return this;
  }

  /// A number that no value is less than, at any step, whatever the length; the least one if the
  /// schedule attains it. Negative infinity where nothing is known ([Of]).
  double least();

  /// A number that no value is greater than, at any step, whatever the length; the greatest one if
  /// the schedule attains it. Infinity where nothing is known ([Of]).
  double greatest();

  /// The text form as a value, to be put into another call.
  CallValue toValue();

  /// These two, one after the other: `next` begins, at its own step 0, when `steps` updates were
  /// made.
  ///
  /// @throws IllegalArgumentException if `steps` is less than 1
  default Schedule then(long steps, Schedule next) {
    NotNull.check(next, "next");
    return new JoinedSchedule(List.of(this, next), List.of(steps));
  }

  /// The product with a number.
  ///
  /// @throws IllegalArgumentException if it is not finite
  default Schedule times(double factor) {
    return times(constant(factor));
  }

  /// The product at each step.
  default Schedule times(Schedule other) {
    NotNull.check(other, "other");
    return new ProductSchedule(this, other);
  }

  /// The same value at every step.
  static Schedule constant(double value) {
    return new Constant(value);
  }

  /// Any function of the step: pure, finite, the same on every machine.
  ///
  /// @param text what [Object#toString] says, and what makes two such schedules equal together with
  ///   the function object; it can't be read back
  static Schedule of(String text, LongToDoubleFunction function) {
    NotNull.check(text, "text");
    NotNull.check(function, "function");
    return new Of(text, function);
  }

  /// initial / (1 + decay · t).
  ///
  /// @throws IllegalArgumentException if `decay` is negative or a number is not finite
  static InverseTimeSchedule inverseTime(double initial, double decay) {
    return new InverseTimeSchedule(initial, decay, 1, false);
  }

  /// initial · rate^(t / steps).
  ///
  /// @throws IllegalArgumentException if `rate` is not positive, a number is not finite, or `steps`
  ///   is less than 1
  static ExponentialSchedule exponential(double initial, double rate, long steps) {
    return new ExponentialSchedule(initial, rate, steps, false, OptionalDouble.empty());
  }

  /// initial · rate^⌊t / steps⌋.
  ///
  /// @throws IllegalArgumentException if `rate` is not positive, a number is not finite, or `steps`
  ///   is less than 1
  static ExponentialSchedule step(double initial, double rate, long steps) {
    return new ExponentialSchedule(initial, rate, steps, true, OptionalDouble.empty());
  }

  /// `values[i]` between `boundaries[i − 1]` and `boundaries[i]`; the step with a boundary's number
  /// has the next value, see [Boundary#AT].
  ///
  /// @throws IllegalArgumentException if there is not one value more than boundaries, or these
  ///   decrease
  static PiecewiseSchedule piecewise(List<Double> values, List<Long> boundaries) {
    NotNull.check(values, "values");
    NotNull.check(boundaries, "boundaries");
    return new PiecewiseSchedule(values, boundaries, Boundary.AT);
  }

  /// From one value to another in a number of steps, then held.
  ///
  /// @throws IllegalArgumentException if a value is not finite or `steps` is less than 1
  static PolynomialSchedule linear(double initial, double end, long steps) {
    return new PolynomialSchedule(initial, end, OptionalLong.of(steps), 1, false);
  }

  /// Half a cosine from `peak` to 0 over the whole run; see [CosineSchedule].
  ///
  /// @throws IllegalArgumentException if the value is not finite
  static CosineSchedule cosine(double peak) {
    return new CosineSchedule(
        peak, 0, OptionalLong.empty(), OptionalDouble.empty(), 0, 1, PastEnd.HOLD);
  }

  /// A linear warm-up to what another schedule begins with; the first update has a part of it.
  ///
  /// @throws IllegalArgumentException if `steps` is less than 1
  static WarmupSchedule warmup(long steps, Schedule then) {
    NotNull.check(then, "then");
    return new WarmupSchedule(steps, then, OptionalDouble.empty());
  }

  /// Reads a number or the text form: `1e-3`, `cosine(1e-3, warmup=100)`.
  ///
  /// @throws dev.thalweg.formula.SyntaxException if the text is malformed, names an unknown
  ///   schedule or argument (with the nearest known one), or a value is out of its range; a caret
  ///   stands under the culprit
  static Schedule parse(String text) {
    NotNull.check(text, "text");
    return ScheduleText.parse(text);
  }

  /// Reads an argument of a call: a number or a schedule's call.
  ///
  /// @param what whose value it is, for the message: `adamw: lr`
  /// @throws dev.thalweg.formula.SyntaxException if it is something else, a caret under it
  static Schedule read(CallValue value, String what) {
    NotNull.check(value, "value");
    NotNull.check(what, "what");
    return ScheduleText.read(value, what);
  }

  /// The names that [#parse] knows, this library's own first.
  static List<String> names() {
    return ScheduleText.names();
  }

  /// The same value at every step.
  ///
  /// @param value any
  record Constant(double value) implements Schedule {
    @Override
    public double at(long step) {
      return value;
    }

    @Override
    public double least() {
      return value;
    }

    @Override
    public double greatest() {
      return value;
    }

    @Override
    public CallValue toValue() {
      return Double.isFinite(value)
          ? CallValue.Numeral.of(value)
          : new CallValue.Word(
              value == Double.POSITIVE_INFINITY ? "inf" : Double.toString(value), Span.none());
    }

    /// The shortest text that reads back as this number: `0.001`, `1e-5`.
    @Override
    public String toString() {
      return toValue().toString();
    }
  }

  /// A function that a program supplied.
  ///
  /// @param text a description; it can't be read back
  /// @param function pure, finite
  record Of(String text, LongToDoubleFunction function) implements Schedule {
    @Override
    public double at(long step) {
      return function.applyAsDouble(step);
    }

    @Override
    public double least() {
      return Double.NEGATIVE_INFINITY;
    }

    @Override
    public double greatest() {
      return Double.POSITIVE_INFINITY;
    }

    /// `of(text)`, which [Schedule#read] refuses.
    @Override
    public CallValue toValue() {
      return new Call("of", List.of(new CallValue.Word(text, Span.none())), List.of(), Span.none());
    }

    @Override
    public String toString() {
      return toValue().toString();
    }
  }
}
