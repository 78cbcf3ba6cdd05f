package dev.thalweg.cli;

import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Schedule;
import dev.thalweg.optim.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An argument of an optimizer, as `optimizers` shows it.
final class ArgumentText {

  private ArgumentText() {}

  /// Whether it has a meaning here, and so stands in lists.
  static boolean isMeant(Hyperparameter argument) {
    return argument.kind() != Hyperparameter.Kind.IGNORED
        && argument.kind() != Hyperparameter.Kind.REFUSED;
  }

  /// As in a call: `lr=0.001`; the name alone where there is no default.
  static String assignment(Hyperparameter argument) {
    return isRequired(argument) || argument.kind() == Hyperparameter.Kind.IGNORED
        ? argument.name()
        : argument.name() + "=" + argument.defaultValue();
  }

  private static boolean isRequired(Hyperparameter argument) {
    return argument.kind() == Hyperparameter.Kind.NUMBER
        && argument.defaultValue() instanceof Setting.None;
  }

  /// What it can be, and where its default comes from.
  static String explanation(Hyperparameter argument) {
    var note = argument.note().isEmpty() ? "" : "; " + argument.note();
    return switch (argument.kind()) {
      case NUMBER -> "in " + argument.range() + note;
      case OPTIONAL -> "none, or in " + argument.range();
      case FIXED -> "in " + argument.range() + ", no schedule" + note;
      case WHOLE -> "whole, in " + argument.range() + ", no schedule" + note;
      case TUPLE -> argument.symbols().size() + " numbers, each in " + argument.range() + note;
      case FLAG -> "true or false" + note;
      case CHOICE -> words(argument) + note;
      case IGNORED -> "accepted, without effect";
      case REFUSED -> "only this: " + argument.note();
    };
  }

  private static String words(Hyperparameter argument) {
    var choices = argument.words();
    var last = choices.size() - 1;
    return String.join(", ", choices.subList(0, last)) + " or " + choices.get(last);
  }

  /// The default as a value of JSON; null where there is none.
  static @Nullable Object json(Setting setting) {
    return switch (setting) {
      case Setting.Single(Schedule value) -> json(value);
      case Setting.Several(List<Schedule> values) ->
          values.stream().map(ArgumentText::json).toList();
      case Setting.Flag(boolean value) -> value;
      case Setting.Choice choice -> choice.toString();
      case Setting.None _ -> null;
    };
  }

  private static Object json(Schedule schedule) {
    return schedule.isConstant() ? schedule.at(0) : schedule.toString();
  }

  /// All of it as JSON.
  static Map<String, @Nullable Object> json(Hyperparameter argument) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", argument.name());
    json.put("kind", argument.kind().name().toLowerCase(Locale.ROOT));
    json.put("default", json(argument.defaultValue()));
    json.put("required", isRequired(argument));
    json.put("range", hasRange(argument) ? argument.range().toString() : null);
    json.put("choices", argument.words());
    json.put("note", argument.note());
    return json;
  }

  private static boolean hasRange(Hyperparameter argument) {
    return switch (argument.kind()) {
      case NUMBER, OPTIONAL, FIXED, WHOLE, TUPLE -> true;
      case FLAG, CHOICE, IGNORED, REFUSED -> false;
    };
  }
}
