package dev.thalweg.optim;

import static dev.thalweg.optim.ScheduleLimit.FINITE;
import static dev.thalweg.optim.ScheduleLimit.FRACTION;
import static dev.thalweg.optim.ScheduleLimit.NOT_NEGATIVE;
import static dev.thalweg.optim.ScheduleLimit.POSITIVE;
import static dev.thalweg.optim.ScheduleLimit.POSITIVE_FRACTION;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The schedules of PyTorch 2.15.0, as their own calls (`torch/optim/lr_scheduler.py`), stepped
/// once an update.
///
/// PyTorch has an optimizer where these have its rate: the first argument, `lr`. PyTorch multiplies
/// the rate from step to step, here it is the closed form; they agree to rounding. `OneCycleLR`
/// also cycles the momentum unless `cycle_momentum=false`: as a schedule of one hyperparameter it
/// has to be said. In a `SequentialLR` with one, its beginning is the rate of the others.
enum TorchSchedule implements ScheduleForm {
  CONSTANT_LR("ConstantLR", "lr", "factor", "total_iters", "last_epoch"),
  LINEAR_LR("LinearLR", "lr", "start_factor", "end_factor", "total_iters", "last_epoch"),
  POLYNOMIAL_LR("PolynomialLR", "lr", "total_iters", "power", "last_epoch"),
  EXPONENTIAL_LR("ExponentialLR", "lr", "gamma", "last_epoch"),
  STEP_LR("StepLR", "lr", "step_size", "gamma", "last_epoch"),
  MULTI_STEP_LR("MultiStepLR", "lr", "milestones", "gamma", "last_epoch"),
  COSINE_ANNEALING_LR("CosineAnnealingLR", "lr", "T_max", "eta_min", "last_epoch"),
  COSINE_ANNEALING_WARM_RESTARTS(
      "CosineAnnealingWarmRestarts", "lr", "T_0", "T_mult", "eta_min", "last_epoch"),
  ONE_CYCLE_LR(
      "OneCycleLR",
      "max_lr",
      "total_steps",
      "epochs",
      "steps_per_epoch",
      "pct_start",
      "anneal_strategy",
      "cycle_momentum",
      "base_momentum",
      "max_momentum",
      "div_factor",
      "final_div_factor",
      "three_phase",
      "last_epoch"),
  CYCLIC_LR(
      "CyclicLR",
      "base_lr",
      "max_lr",
      "step_size_up",
      "step_size_down",
      "mode",
      "gamma",
      "scale_fn",
      "scale_mode",
      "cycle_momentum",
      "base_momentum",
      "max_momentum",
      "last_epoch"),
  SWA_LR("SWALR", "lr", "swa_lr", "anneal_epochs", "anneal_strategy", "last_epoch"),
  CHAINED_SCHEDULER("ChainedScheduler", "schedulers", "lr"),
  SEQUENTIAL_LR("SequentialLR", "lr", "schedulers", "milestones", "last_epoch");

  private static final double THIRD = 1.0 / 3;
  private static final long ITERATIONS = 5;

  private final String name;

  /// Immutable, though its type can't say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> arguments;

  TorchSchedule(String name, String... arguments) {
    this.name = name;
    this.arguments = List.of(arguments);
  }

  @Override
  public String text() {
    return "torch." + name;
  }

  /// In the order of their places.
  List<String> arguments() {
    return arguments;
  }

  private Schedule make(ScheduleArguments a) {
    return switch (this) {
      case CONSTANT_LR -> {
        double rate = a.number("lr", NOT_NEGATIVE);
        double factor = a.number("factor", POSITIVE_FRACTION, THIRD);
        long steps = a.steps("total_iters", 0, ITERATIONS);
        yield steps == 0
            ? Schedule.constant(rate * factor) // the factor is never taken back
            : new PiecewiseSchedule(List.of(rate * factor, rate), List.of(steps), Boundary.AT);
      }
      case LINEAR_LR -> {
        double rate = a.number("lr", NOT_NEGATIVE);
        double start = rate * a.number("start_factor", POSITIVE_FRACTION, THIRD);
        double end = rate * a.number("end_factor", FRACTION, 1);
        long steps = a.steps("total_iters", 0, ITERATIONS);
        yield steps == 0 ? Schedule.constant(start) : Schedule.linear(start, end, steps);
      }
      case POLYNOMIAL_LR -> {
        double rate = a.number("lr", NOT_NEGATIVE);
        long steps = a.steps("total_iters", 0, ITERATIONS);
        double power = a.number("power", NOT_NEGATIVE, 1);
        yield steps == 0 || power == 0
            ? Schedule.constant(rate)
            : new PolynomialSchedule(rate, 0, OptionalLong.of(steps), power, false);
      }
      case EXPONENTIAL_LR ->
          Schedule.exponential(a.number("lr", NOT_NEGATIVE), a.number("gamma", FINITE), 1);
      case STEP_LR ->
          new ExponentialSchedule(
              a.number("lr", NOT_NEGATIVE),
              a.number("gamma", FINITE, 0.1),
              a.steps("step_size", 1),
              true,
              OptionalDouble.empty());
      case MULTI_STEP_LR -> {
        List<Long> milestones = a.steps("milestones").stream().sorted().toList();
        double gamma = a.number("gamma", FINITE, 0.1);
        var values = new ArrayList<Double>();
        values.add(a.number("lr", NOT_NEGATIVE));
        for (int i = 0; i < milestones.size(); i++) {
          values.add(values.getLast() * gamma);
        }
        yield new PiecewiseSchedule(values, milestones, Boundary.AT);
      }
      case COSINE_ANNEALING_LR ->
          new CosineSchedule(
              a.number("lr", NOT_NEGATIVE),
              0,
              OptionalLong.of(a.steps("T_max", 1)),
              OptionalDouble.empty(),
              a.number("eta_min", FINITE, 0),
              1,
              PastEnd.MIRROR);
      case COSINE_ANNEALING_WARM_RESTARTS ->
          new WarmRestartsSchedule(
              a.number("lr", NOT_NEGATIVE),
              a.steps("T_0", 1),
              a.steps("T_mult", 1, 1),
              1,
              a.number("eta_min", FINITE, 0));
      case ONE_CYCLE_LR -> {
        checkNoMomentum(a);
        double peak = a.number("max_lr", NOT_NEGATIVE);
        long steps =
            a.has("total_steps")
                ? a.steps("total_steps", 2)
                : a.steps("epochs", 1) * a.steps("steps_per_epoch", 1);
        double top = a.number("pct_start", FRACTION, 0.3) * steps - 1;
        if (top == 0 || steps < 2) {
          throw a.errorAtCall("can't have its peak at the first step, as in PyTorch");
        }
        double start = peak / a.number("div_factor", POSITIVE, 25);
        var values = new ArrayList<>(List.of(start, peak));
        var positions = new ArrayList<>(List.of(0.0, top));
        if (top < 0) {
          values.removeFirst();
          positions.removeFirst();
        }
        if (a.flag("three_phase")) {
          values.add(start);
          positions.add(2 * top);
        }
        double end = start / a.number("final_div_factor", POSITIVE, 1e4);
        if (positions.getLast() <= steps - 1) { // else the cycle ends before the last phase begins
          values.add(end);
          positions.add((double) (steps - 1));
        }
        Curve curve = a.curve("anneal_strategy", Curve.COSINE);
        yield new InterpolatedSchedule(values, positions, curve);
      }
      case CYCLIC_LR -> {
        checkNoMomentum(a);
        if (a.has("scale_fn")) {
          throw a.error("scale_fn", "is not supported: a function of Python's");
        }
        long up = a.steps("step_size_up", 1, 2000);
        yield new CyclicSchedule(
            a.number("base_lr", NOT_NEGATIVE),
            a.number("max_lr", NOT_NEGATIVE),
            up,
            a.steps("step_size_down", 1, up),
            a.choice("mode", CycleForm.class, CycleForm.TRIANGULAR),
            a.number("gamma", FRACTION, 1));
      }
      case SWA_LR -> {
        double rate = a.number("lr", NOT_NEGATIVE);
        double end = a.number("swa_lr", NOT_NEGATIVE);
        long steps = a.steps("anneal_epochs", 0, 10);
        Curve curve = a.curve("anneal_strategy", Curve.COSINE);
        yield steps == 0
            ? new PiecewiseSchedule(List.of(rate, end), List.of(1L), Boundary.AT)
            : new InterpolatedSchedule(List.of(rate, end), List.of(0.0, (double) steps), curve);
      }
      case CHAINED_SCHEDULER -> {
        double rate = a.number("lr", POSITIVE);
        Schedule product = Schedule.constant(rate);
        for (CallValue part : a.list("schedulers")) {
          if (!(part instanceof Call call) || !isChainable(call)) {
            throw a.error(
                "schedulers",
                "must be such as multiply the rate, ConstantLR, LinearLR, PolynomialLR,"
                    + " ExponentialLR, StepLR or MultiStepLR, found "
                    + part);
          }
          Schedule own = Schedule.read(withRate(part, a), text() + ": schedulers");
          product =
              new ProductSchedule(product, new ProductSchedule(Schedule.constant(1 / rate), own));
        }
        yield product;
      }
      case SEQUENTIAL_LR -> {
        Call cycle = lastCycle(a.list("schedulers"));
        var parts = new ArrayList<Schedule>();
        for (CallValue part : a.list("schedulers")) {
          CallValue own = cycle == null ? withRate(part, a) : besideCycle(part, cycle);
          parts.add(Schedule.read(own, text() + ": schedulers"));
        }
        yield a.joined(parts, "schedulers", "milestones");
      }
    };
  }

  @Override
  public Schedule read(Call call) {
    var bound = new ScheduleArguments(text(), call, arguments);
    if (bound.has("last_epoch") && bound.number("last_epoch", ScheduleLimit.FINITE) != -1) {
      throw bound.error("last_epoch", "is not supported: a schedule begins at step 0");
    }
    return make(bound);
  }

  private static void checkNoMomentum(ScheduleArguments a) {
    if (!a.has("cycle_momentum") || a.flag("cycle_momentum")) {
      throw a.errorAtCall(
          "cycles the momentum too, which a schedule of one value can't: say cycle_momentum=false,"
              + " and give momentum a schedule of its own");
    }
  }

  /// Whether a scheduler multiplies the rate as it finds it.
  private static boolean isChainable(Call call) {
    for (TorchSchedule each :
        List.of(CONSTANT_LR, LINEAR_LR, POLYNOMIAL_LR, EXPONENTIAL_LR, STEP_LR, MULTI_STEP_LR)) {
      if (call.name().toLowerCase(Locale.ROOT).endsWith("." + each.name.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  /// The last `OneCycleLR` of some schedulers, or null.
  private static @Nullable Call lastCycle(List<CallValue> parts) {
    Call last = null;
    for (CallValue part : parts) {
      last = part instanceof Call call && isCycle(call) ? call : last;
    }
    return last;
  }

  private static boolean isCycle(Call call) {
    return call.name().toLowerCase(Locale.ROOT).endsWith(".onecyclelr");
  }

  /// What a scheduler beside a `OneCycleLR` is: that one writes where it begins, and how far it
  /// goes, into the optimizer, for its like too, and for the others as their rate.
  private static CallValue besideCycle(CallValue part, Call cycle) {
    if (!(part instanceof Call call) || call.equals(cycle) || !call.positional().isEmpty()) {
      return part;
    }
    var bound = new ScheduleArguments(ONE_CYCLE_LR.text(), cycle, ONE_CYCLE_LR.arguments());
    double peak = bound.number("max_lr", NOT_NEGATIVE);
    double divisor = bound.number("div_factor", POSITIVE, 25);
    var named = new ArrayList<>(call.named());
    named.removeIf(argument ->
        List.of("lr", "max_lr", "div_factor", "final_div_factor").contains(argument.name()));
    if (isCycle(call)) {
      named.add(numeral("max_lr", peak, call));
      named.add(numeral("div_factor", divisor, call));
      named.add(numeral("final_div_factor", bound.number("final_div_factor", POSITIVE, 1e4), call));
    } else {
      named.add(numeral("lr", peak / divisor, call));
    }
    return new Call(call.name(), call.positional(), named, call.span());
  }

  private static Call.Argument numeral(String name, double value, Call call) {
    CallValue number = new CallValue.Numeral(NumberText.of(value), call.span());
    return new Call.Argument(name, number, call.span());
  }

  /// One optimizer's rate is that of all its schedulers: they needn't repeat it.
  private static CallValue withRate(CallValue part, ScheduleArguments all) {
    if (!(part instanceof Call call)
        || !call.positional().isEmpty()
        || call.named("lr").isPresent()
        || !all.has("lr")) {
      return part;
    }
    var named = new ArrayList<>(call.named());
    named.add(new Call.Argument("lr", all.value("lr"), call.span()));
    return new Call(call.name(), call.positional(), named, call.span());
  }
}
