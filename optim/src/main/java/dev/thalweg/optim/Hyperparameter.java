package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Range;
import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
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
public record Hyperparameter(
    String name, Kind kind, List<String> symbols, Setting defaultValue, Range range, String note) {

  /// What an argument's value is.
  public enum Kind {
    /// A number or a schedule.
    NUMBER,
    /// A number, a schedule, or `none`.
    OPTIONAL,
    /// A number, the same at every step.
    FIXED,
    /// A whole number, the same at every step.
    WHOLE,
    /// As many numbers or schedules as there are symbols.
    TUPLE,
    /// `true` or `false`.
    FLAG,
    /// One of some words.
    CHOICE,
    /// Accepted and without effect here: how another library computes, not what.
    IGNORED,
    /// Known to the other library and not supported; only its default is accepted.
    REFUSED
  }

  /// Copies the list.
  public Hyperparameter {
    symbols = List.copyOf(symbols);
  }

  /// The words that a choice has; else none.
  public List<String> words() {
    return defaultValue instanceof Setting.Choice choice ? choice.words() : List.of();
  }

  /// Whether it is the same at every step.
  boolean isFixed() {
    return kind == Kind.FIXED || kind == Kind.WHOLE;
  }

  /// The sentence about a word that it has not.
  ///
  /// @param what `adam: decay`
  String unknown(String what, String word) {
    return Nearest.sentence("value of " + what, word, words());
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /// Why a number is refused, if it is.
  Optional<String> complaint(String method, double value) {
    if (!range.contains(value)) {
      return Optional.of(method + ": " + name + " must lie in " + range + ", found " + value);
    }
    return kind == Kind.WHOLE && !(value == Math.rint(value) && value <= Integer.MAX_VALUE)
        ? Optional.of(method + ": " + name + " must be a whole number, found " + value)
        : Optional.empty();
  }

  /// Reads a value.
  ///
  /// @param method whose argument it is, for messages
  /// @throws dev.thalweg.formula.SyntaxException if it is of another kind, or none of the words, a
  ///   caret under it
  Setting read(String method, CallValue value) {
    String what = method + ": " + name;
    return switch (kind) {
      case FIXED, WHOLE ->
          isInfinity(value) && range.contains(Double.POSITIVE_INFINITY)
              ? Setting.number(Double.POSITIVE_INFINITY)
              : new Setting.Single(Schedule.read(value, what));
      case NUMBER -> new Setting.Single(Schedule.read(value, what));
      case OPTIONAL ->
          isNone(value) ? Setting.none() : new Setting.Single(Schedule.read(value, what));
      case TUPLE -> tuple(value, what);
      case FLAG -> new Setting.Flag(value.asBoolean(what));
      case CHOICE -> choice(value, what);
      case IGNORED -> Setting.none();
      case REFUSED -> refused(value, what);
    };
  }

  private static boolean isNone(CallValue value) {
    return value instanceof CallValue.Constant constant
        && constant.kind() == CallValue.Constant.Kind.NONE;
  }

  /// `inf`, `'inf'` or Python's `float('inf')`.
  private static boolean isInfinity(CallValue value) {
    CallValue meant =
        value instanceof Call call
                && call.name().equals("float")
                && call.positional().size() == 1
                && call.named().isEmpty()
            ? call.positional().getFirst()
            : value;
    return meant instanceof CallValue.Word word && word.text().equalsIgnoreCase("inf");
  }

  private Setting tuple(CallValue value, String what) {
    int count = symbols.size();
    if (!(value instanceof CallValue.Tuple tuple) || tuple.values().size() != count) {
      throw value
          .span()
          .error(
              "%s must be a tuple of %d numbers, found %s"
                  .formatted(what, count, CallValue.shortened(value.toString())));
    }
    var numbers = new ArrayList<Schedule>();
    for (CallValue one : tuple.values()) {
      numbers.add(Schedule.read(one, what));
    }
    return new Setting.Several(numbers);
  }

  private Setting choice(CallValue value, String what) {
    // `none` is a word here, and a constant elsewhere
    String word = isNone(value) ? "none" : value.asWord(what).toLowerCase(Locale.ROOT);
    if (defaultValue instanceof Setting.Choice usual && usual.words().contains(word)) {
      return usual.with(word);
    }
    throw value.span().error(unknown(what, word));
  }

  /// The value, if it is the default in any spelling; otherwise something that is refused.
  private Setting refused(CallValue value, String what) {
    boolean same =
        defaultValue instanceof Setting.Single number
            ? value instanceof CallValue.Numeral numeral
                && numeral.toDouble() == number.value().at(0)
            : value instanceof CallValue.Constant && value.equals(defaultValue.toValue());
    if (!same) {
      throw value.span().error(what + " is not supported: " + note);
    }
    return defaultValue;
  }
}
