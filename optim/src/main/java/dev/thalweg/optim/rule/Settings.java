package dev.thalweg.optim.rule;

import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Schedule;
import dev.thalweg.optim.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// A method's arguments, each with a value; what its formula is made from.
///
/// @param values by the argument's name, in the order of the method
public record Settings(SequencedMap<String, Setting> values) {

  /// θ ← θ − ηλθ before the rule.
  public static final String DECOUPLED = "p -= lr * weight_decay * p\n";

  /// θ ← θ − λθ before the rule.
  public static final String CONSTANT = "p -= weight_decay * p\n";

  /// Copies the map.
  public Settings {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /// Each argument with its default.
  public static Settings defaults(List<Hyperparameter> arguments) {
    var values = new LinkedHashMap<String, Setting>();
    for (Hyperparameter argument : arguments) {
      values.put(argument.name(), argument.defaultValue());
    }
    return new Settings(values);
  }

  /// The same with another value of an argument.
  public Settings with(String name, Setting value) {
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

  /// Whether a switch is on.
  public boolean flag(String name) {
    return get(name) instanceof Setting.Flag(boolean value) && value;
  }

  private Setting.Choice choice(String name) {
    if (get(name) instanceof Setting.Choice choice) {
      return choice;
    }
    throw new IllegalStateException(name + " is not a choice");
  }

  /// The word of a choice as the constant that is called so.
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    return Enum.valueOf(type, choice(name).word().toUpperCase(Locale.ROOT));
  }

  /// Whether a choice is this word.
  ///
  /// @throws IllegalStateException if it has no such word
  public boolean is(String name, String word) {
    Setting.Choice choice = choice(name);
    if (!choice.words().contains(word)) {
      throw new IllegalStateException(name + " has no word " + word);
    }
    return choice.word().equals(word);
  }

  /// What a choice means.
  ///
  /// @param meanings of its words, in their order
  public String choose(String name, String... meanings) {
    Setting.Choice choice = choice(name);
    return meanings[choice.words().indexOf(choice.word())];
  }

  /// A number that is the same at every step.
  public double fixed(String name) {
    return get(name).schedules().getFirst().at(0);
  }

  /// Whether a number is given at all.
  public boolean isGiven(String name) {
    return !(get(name) instanceof Setting.None);
  }

  /// Whether a number is given and is not 0 at all steps: a formula leaves out what multiplies 0.
  public boolean has(String name) {
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
  public String over(String epsilon, String x, String square, String root, String bare) {
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
  public String average(String slot, String value, String argument, String decay, int place) {
    Schedule schedule = get(argument).schedules().get(place);
    return schedule.isConstant() && schedule.at(0) == 0
        ? "%s = %s\n".formatted(slot, value)
        : "%s = lerp(%s, %s, 1 - %s)\n".formatted(slot, slot, value, decay);
  }

  /// Whether a number is this one at all steps.
  public boolean is(String name, double number) {
    return get(name) instanceof Setting.Single(Schedule value)
        && value.isConstant()
        && value.at(0) == number;
  }

  /// The schedules by the symbols of the formula.
  public SequencedMap<String, Schedule> schedules(List<Hyperparameter> arguments) {
    var schedules = new LinkedHashMap<String, Schedule>();
    for (Hyperparameter argument : arguments) {
      List<Schedule> given = get(argument.name()).schedules();
      for (int i = 0; i < Math.min(given.size(), argument.symbols().size()); i++) {
        schedules.put(argument.symbols().get(i), given.get(i));
      }
    }
    return schedules;
  }

  /// What differs from the defaults.
  public Map<String, Setting> changed(List<Hyperparameter> arguments) {
    var changed = new LinkedHashMap<String, Setting>();
    for (Hyperparameter argument : arguments) {
      Setting value = get(argument.name());
      if (!value.equals(argument.defaultValue())) {
        changed.put(argument.name(), value);
      }
    }
    return changed;
  }

  /// Whether an argument is a number that stays the same, or is not given.
  public boolean isConstant(String name) {
    return !(values.get(name) instanceof Setting.Single(Schedule schedule))
        || schedule.isConstant();
  }

  /// A rule's lines with the decay `weight_decay` in the form `decay`, before them or after.
  public String decayed(String rule) {
    return decayed(choice("decay", DecayForm.class), rule);
  }

  /// A rule's lines with the decay `weight_decay` in a form, before them or after.
  public String decayed(DecayForm form, String rule) {
    if (!has("weight_decay")) {
      return rule;
    }
    return form == DecayForm.PROXIMAL ? rule + "\n" + form.line() : form.line() + "\n" + rule;
  }

  /// x over the root of a square, with `epsilon` in the place `epsilon_place`.
  public String overRoot(String x, String square) {
    return is("epsilon_place", "inside")
        ? overRootWithin("epsilon", x, square)
        : overRootBeside("epsilon", x, square);
  }

  /// x / (√square + ε)
  ///
  /// @param epsilon the argument's name; in the formula it is `epsilon`
  public String overRootBeside(String epsilon, String x, String square) {
    return over(epsilon, x, square, "(sqrt(" + square + ") + epsilon)", "sqrt(" + square + ")");
  }

  /// x / √(square + ε)
  ///
  /// @param epsilon the argument's name; in the formula it is `epsilon`
  public String overRootWithin(String epsilon, String x, String square) {
    return over(epsilon, x, square, "sqrt(" + square + " + epsilon)", "sqrt(" + square + ")");
  }

  /// x / (√square + ε), with `epsilon_root` in the root where that is given.
  public String overRoots(String x, String square) {
    String root = root(square);
    return over(
        "epsilon", x, has("epsilon_root") ? root : square, "(" + root + " + epsilon)", root);
  }

  /// The root of a square, with `epsilon_root` in it where that is given.
  public String root(String square) {
    return has("epsilon_root") ? "sqrt(" + square + " + epsilon_root)" : "sqrt(" + square + ")";
  }
}
