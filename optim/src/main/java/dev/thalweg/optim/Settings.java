package dev.thalweg.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A method's arguments, each with a value; what its formula is made from.
///
/// @param values by the argument's name, in the order of the method
record Settings(SequencedMap<String, Setting> values) {

  Settings {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  static Settings defaults(List<Argument> arguments) {
    var values = new LinkedHashMap<String, Setting>();
    for (Argument argument : arguments) {
      values.put(argument.name(), argument.defaultValue());
    }
    return new Settings(values);
  }

  Settings with(String name, Setting value) {
    var changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new Settings(changed);
  }

  private Setting get(String name) {
    Setting value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("no argument " + name);
    }
    return value;
  }

  boolean flag(String name) {
    return get(name) instanceof Setting.Flag(boolean value) && value;
  }

  <E extends Enum<E>> E choice(String name, Class<E> type) {
    if (get(name) instanceof Setting.Choice(Enum<?> value)) {
      return type.cast(value);
    }
    throw new IllegalStateException(name + " is not a choice");
  }

  /// A number that is the same at every step.
  double fixed(String name) {
    return get(name).schedules().getFirst().at(0);
  }

  /// Whether a number is given at all.
  boolean isGiven(String name) {
    return !(get(name) instanceof Setting.None);
  }

  /// Whether a number is given and is not 0 at all steps: a formula leaves out what multiplies 0.
  boolean has(String name) {
    return isGiven(name)
        && !(get(name) instanceof Setting.Single(Schedule value)
            && value.isConstant()
            && value.at(0) == 0);
  }

  /// x over the root of a square, `epsilon` in it: a quotient, where that is not 0 at all steps.
  /// Without it there is no step where the square is 0: x is 0 there too, and 0 / 0 no number.
  ///
  /// @param root of the square, with `epsilon`
  /// @param bare the same without
  String over(String epsilon, String x, String square, String root, String bare) {
    return has(epsilon)
        ? x + " / " + root
        : "where(" + square + " > 0, " + x + " / " + bare + ", 0)";
  }

  /// The average of a value in a slot, as `lerp` writes it. Where the decay is 0 at all steps, that
  /// is the value: what `slot + 1 (value - slot)` would be, rounded away where the slot is far
  /// larger.
  ///
  /// @param argument the decay's, or of several
  /// @param decay its name in the formula
  /// @param place its place in the argument
  String average(String slot, String value, String argument, String decay, int place) {
    Schedule schedule = get(argument).schedules().get(place);
    return schedule.isConstant() && schedule.at(0) == 0
        ? "%s = %s\n".formatted(slot, value)
        : "%s = lerp(%s, %s, 1 - %s)\n".formatted(slot, slot, value, decay);
  }

  /// Whether a number is this one at all steps.
  boolean is(String name, double number) {
    return get(name) instanceof Setting.Single(Schedule value)
        && value.isConstant()
        && value.at(0) == number;
  }

  /// The schedules by the symbols of the formula.
  SequencedMap<String, Schedule> schedules(List<Argument> arguments) {
    var schedules = new LinkedHashMap<String, Schedule>();
    for (Argument argument : arguments) {
      List<Schedule> given = get(argument.name()).schedules();
      for (int i = 0; i < Math.min(given.size(), argument.symbols().size()); i++) {
        schedules.put(argument.symbols().get(i), given.get(i));
      }
    }
    return schedules;
  }

  /// What differs from the defaults.
  Map<String, Setting> changed(List<Argument> arguments) {
    var changed = new LinkedHashMap<String, Setting>();
    for (Argument argument : arguments) {
      Setting value = get(argument.name());
      if (!value.equals(argument.defaultValue())) {
        changed.put(argument.name(), value);
      }
    }
    return changed;
  }
}
