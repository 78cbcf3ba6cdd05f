package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Span;
import dev.thalweg.optim.minimize.SearchRule;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One method of a chain, with its settings; checked.
final class Stage {
  private final Method method;
  private final Settings settings;

  /// Made when first asked for; the same whoever makes it.
  private @Nullable Program program;

  /// @throws IllegalArgumentException if a value is out of its range, or settings don't go together
  Stage(Method method, Settings settings) {
    this.method = method;
    this.settings = settings;
    for (Hyperparameter argument : method.arguments()) {
      check(method, argument, value(argument));
    }
    Optional<String> conflict = method.conflict(settings);
    if (conflict.isPresent()) {
      throw new IllegalArgumentException(method.name() + ": " + conflict.get());
    }
  }

  /// Checks one value by itself.
  ///
  /// @throws IllegalArgumentException if it is out of its range or can't be chosen
  static void check(Method method, Hyperparameter argument, Setting value) {
    for (Schedule schedule : value.schedules()) {
      check(method, argument, schedule);
    }
    boolean refused = argument.kind() == Hyperparameter.Kind.REFUSED;
    if (refused && !Objects.equals(value, argument.defaultValue())) {
      throw new IllegalArgumentException(
          "%s: %s is not supported: %s".formatted(method.name(), argument.name(), argument.note()));
    }
  }

  /// Checks the least and the greatest value where they are known, and the first.
  private static void check(Method method, Hyperparameter argument, Schedule schedule) {
    if (argument.isFixed() && !schedule.isConstant()) {
      throw new IllegalArgumentException(
          "%s: %s can't be a schedule, found %s"
              .formatted(method.name(), argument.name(), schedule));
    }
    check(method, argument, schedule, schedule.least());
    check(method, argument, schedule, schedule.greatest());
  }

  private static void check(
      Method method, Hyperparameter argument, Schedule schedule, double value) {
    if (Double.isInfinite(value) && !schedule.isConstant()) {
      return; // not known yet: a run looks at each value
    }
    Optional<String> complaint = complaint(method, argument, schedule, value);
    if (complaint.isPresent()) {
      throw new IllegalArgumentException(complaint.get());
    }
  }

  /// What is wrong with one value of a schedule, which may come down to the end of its range: a
  /// rate of 0 is the last of many.
  static Optional<String> complaint(
      Method method, Hyperparameter argument, Schedule schedule, double value) {
    if (!schedule.isConstant() && isFree(method, argument)) {
      return Optional.empty();
    }
    Range range = argument.range();
    boolean atEnd =
        !schedule.isConstant()
            && Double.isFinite(value)
            && (value == range.low() || value == range.high());
    Optional<String> complaint = argument.complaint(method.name(), value);
    if (atEnd || complaint.isEmpty()) {
      return Optional.empty();
    }
    return schedule.isConstant() ? complaint : Optional.of(complaint.get() + " in " + schedule);
  }

  /// PyTorch looks at the rate that an optimizer is made with, and not at what a scheduler makes of
  /// it, which may be negative.
  private static boolean isFree(Method method, Hyperparameter argument) {
    return method.name().startsWith("torch.") && argument.name().equals("lr");
  }

  /// Checks that everything without a default was given.
  ///
  /// @throws IllegalArgumentException naming what was not
  void requireComplete() {
    for (Hyperparameter argument : method.arguments()) {
      if (argument.kind() == Hyperparameter.Kind.NUMBER
          && value(argument) instanceof Setting.None) {
        throw new IllegalArgumentException(
            method.name() + ": " + argument.name() + " must be given");
      }
    }
  }

  private Setting value(Hyperparameter argument) {
    Setting value = settings.values().get(argument.name());
    return value == null ? argument.defaultValue() : value;
  }

  Method method() {
    return method;
  }

  Settings settings() {
    return settings;
  }

  /// The lines of its formula.
  Program program() {
    Program known = program;
    if (known == null) {
      known = method.program(settings);
      program = known;
    }
    return known;
  }

  /// Whether it has a formula at all.
  boolean computes() {
    return method.rule().computes() && !searches();
  }

  /// Whether it is no formula, but goes its own way.
  boolean searches() {
    return method.rule() instanceof SearchRule;
  }

  /// Whether it is around what follows it.
  boolean isAround() {
    return computes() && program().hasPause(Program.Cause.WITHIN);
  }

  /// Whether it asks for further gradients.
  boolean asks() {
    return searches()
        || (computes()
            && (program().hasPause(Program.Cause.GRADIENT)
                || program().hasPause(Program.Cause.HESSIAN)
                || samples()));
  }

  /// Whether it asks for gradients against drawn answers.
  boolean samples() {
    return computes() && program().hasPause(Program.Cause.SAMPLED);
  }

  /// Schedules by the names they have in the formula.
  SequencedMap<String, Schedule> schedules() {
    return method.schedules(settings);
  }

  /// The argument of this name, or with this symbol.
  @Nullable Hyperparameter argument(String name) {
    for (Hyperparameter argument : method.arguments()) {
      if (argument.name().equals(name) || argument.symbols().contains(name)) {
        return argument;
      }
    }
    return null;
  }

  /// The stage as it is for a parameter: itself, or with the formula that its method has for such.
  ///
  /// @throws IllegalArgumentException if the method can't move such a parameter
  Stage forParameter(Parameter parameter) {
    Rule rule = method.rule();
    String formula = rule.formula(settings, parameter);
    return formula.equals(rule.formula(settings))
        ? this
        : new Stage(method.with(new Shaped(rule, formula)), settings);
  }

  /// A method with the formula that it has for some parameters.
  private record Shaped(Rule rule, String formula) implements Rule {
    @Override
    public String formula(Settings settings) {
      return formula;
    }

    @Override
    public SequencedMap<String, Schedule> schedules(
        Settings settings, List<Hyperparameter> arguments) {
      return rule.schedules(settings, arguments);
    }

    @Override
    public Optional<String> conflict(Settings settings) {
      return rule.conflict(settings);
    }

    @Override
    public Map<String, String> told() {
      return rule.told();
    }
  }

  /// The stage with another value.
  Stage with(Hyperparameter argument, Setting value) {
    return new Stage(method, settings.with(argument.name(), value));
  }

  /// The text form: the rate, and whatever differs from the defaults.
  Call toCall() {
    Map<String, Setting> changed = settings.changed(method.arguments());
    var named = new ArrayList<Call.Argument>();
    for (Hyperparameter argument : method.arguments()) {
      Setting value = value(argument);
      boolean rate = argument.symbols().contains("lr");
      if (rate || changed.containsKey(argument.name())) {
        named.add(new Call.Argument(argument.name(), value.toValue(), Span.none()));
      }
    }
    return method.name().equals(OwnRule.NAME)
        ? OwnRule.text(this, named)
        : new Call(method.name(), List.of(), named, Span.none());
  }

  /// Whether text and schedules are the same: two functions may be called alike.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stage stage
        && toString().equals(stage.toString())
        && allSchedules().equals(stage.allSchedules());
  }

  private List<Schedule> allSchedules() {
    var all = new ArrayList<Schedule>();
    for (Setting setting : settings.values().values()) {
      all.addAll(setting.schedules());
    }
    return all;
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    return toCall().toString();
  }
}
