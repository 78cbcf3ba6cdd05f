package dev.thalweg.optim;

import dev.thalweg.formula.Range;
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
  public Hyperparameter {
    symbols = List.copyOf(symbols);
  }

  /// The words that a choice has.
  List<String> words() {
    return defaultValue instanceof Setting.Choice choice
        ? Arrays.stream(choice.value().getDeclaringClass().getEnumConstants())
            .map(Hyperparameter::word)
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
