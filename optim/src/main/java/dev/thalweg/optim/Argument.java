package dev.thalweg.optim;

import dev.thalweg.formula.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a method can be told: a name, the values that make sense, and the one it has when nothing
/// is said.
///
/// @param name as in the text form: `lr`, `betas`, `nesterov`
/// @param kind what its value is
/// @param symbols the names in the method's formula that stand for it: itself mostly, `beta1` and
///   `beta2` for `betas`; none where the value only selects a formula
/// @param defaultValue used where none is given
/// @param range where numbers must lie
/// @param note where the default comes from; for [Kind#REFUSED] why it isn't supported
public record Argument(
    String name, Kind kind, List<String> symbols, Setting defaultValue, Range range, String note) {

  /// What an argument's value is.
  public enum Kind {
    /// A number or a schedule.
    NUMBER,
    /// A number, a schedule, or `none`.
    OPTIONAL,
    /// A number, the same at every step.
    FIXED,
    /// As many numbers or schedules as there are symbols.
    TUPLE,
    /// `true` or `false`.
    FLAG,
    /// One of the words of an enum.
    CHOICE,
    /// Accepted and without effect here: how another library computes, not what.
    IGNORED,
    /// Known to the other library and not supported; only its default is accepted.
    REFUSED
  }

  /// Copies the list.
  public Argument {
    symbols = List.copyOf(symbols);
  }

  static Argument number(String name, double defaultValue, Range range, String source) {
    return new Argument(
        name, Kind.NUMBER, List.of(name), Setting.number(defaultValue), range, source);
  }

  /// A number that has no default: the library leaves it to the user.
  static Argument required(String name, Range range) {
    return new Argument(name, Kind.NUMBER, List.of(name), Setting.NONE, range, "must be given");
  }

  static Argument optional(String name, Range range) {
    return new Argument(name, Kind.OPTIONAL, List.of(name), Setting.NONE, range, "off");
  }

  static Argument fixed(String name, double defaultValue, Range range, String source) {
    return new Argument(
        name, Kind.FIXED, List.of(name), Setting.number(defaultValue), range, source);
  }

  static Argument tuple(
      String name, List<String> symbols, List<Double> defaults, Range range, String source) {
    return new Argument(
        name, Kind.TUPLE, symbols, new Setting.Several(constants(defaults)), range, source);
  }

  private static List<Schedule> constants(List<Double> values) {
    var constants = new ArrayList<Schedule>();
    for (double value : values) {
      constants.add(Schedule.constant(value));
    }
    return constants;
  }

  /// The names of some arguments.
  static List<String> names(List<Argument> arguments) {
    var names = new ArrayList<String>();
    for (Argument argument : arguments) {
      names.add(argument.name());
    }
    return names;
  }

  static Argument flag(String name, boolean defaultValue) {
    return new Argument(name, Kind.FLAG, List.of(), new Setting.Flag(defaultValue), Range.ANY, "");
  }

  static Argument choice(String name, Enum<?> defaultValue) {
    return new Argument(
        name, Kind.CHOICE, List.of(), new Setting.Choice(defaultValue), Range.ANY, "");
  }

  static Argument ignored(String name) {
    return new Argument(name, Kind.IGNORED, List.of(), Setting.NONE, Range.ANY, "no effect here");
  }

  static Argument refused(String name, Setting defaultValue, String why) {
    return new Argument(name, Kind.REFUSED, List.of(), defaultValue, Range.ANY, why);
  }

  /// The same, with another name in the formula.
  Argument symbol(String symbol) {
    return new Argument(name, kind, List.of(symbol), defaultValue, range, note);
  }

  /// The words that a choice has.
  List<String> words() {
    return defaultValue instanceof Setting.Choice choice
        ? Arrays.stream(choice.value().getDeclaringClass().getEnumConstants())
            .map(Argument::word)
            .toList()
        : List.of();
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /// Why a number is refused, if it is.
  Optional<String> complaint(String method, double value) {
    return range.contains(value)
        ? Optional.empty()
        : Optional.of(method + ": " + name + " must lie in " + range + ", found " + value);
  }
}
