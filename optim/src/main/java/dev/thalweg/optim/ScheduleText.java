package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Span;
import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Texts to schedules.
final class ScheduleText {
  private ScheduleText() {}

  static Schedule parse(String text) {
    String stripped = text.strip();
    if (!stripped.isEmpty() && "+-.0123456789".indexOf(stripped.charAt(0)) >= 0) {
      int start = text.indexOf(stripped);
      return read(
          new CallValue.Numeral(stripped, new Span(text, start, start + stripped.length())),
          "schedule");
    }
    return read(Call.parse(text), "schedule");
  }

  static Schedule read(CallValue value, String what) {
    if (value instanceof CallValue.Numeral number) {
      return Schedule.constant(number.toDouble());
    }
    if (value instanceof Call call) {
      try {
        return form(call).read(call);
      } catch (IllegalArgumentException e) {
        throw OptimizerText.located(e, call.span());
      }
    }
    throw value.span().error(notASchedule(what, value));
  }

  private static String notASchedule(String what, CallValue value) {
    String found = CallValue.shortened(value.toString());
    String advice =
        value instanceof CallValue.Word word && named(word.text()).isPresent()
            ? " (a schedule needs its arguments: " + found + "(…))"
            : "";
    return what + " must be a number or a schedule, found " + found + advice;
  }

  private static ScheduleForm form(Call call) {
    Optional<ScheduleForm> form = named(call.name());
    if (form.isEmpty()) {
      throw call.span().error(unknown(call.name()));
    }
    return form.get();
  }

  private static String unknown(String name) {
    String shown = CallValue.shortened(name);
    return switch (shortName(name)) {
      case "torch.lambdalr", "torch.multiplicativelr" ->
          shown + " takes a Python function: in Java Schedule.of takes one";
      case "torch.reducelronplateau", "keras.reducelronplateau", "optax.reduce_on_plateau" ->
          shown + " reacts to results: a schedule knows only the step";
      default -> Nearest.sentence("schedule", shown, namesLike(name));
    };
  }

  private static Optional<ScheduleForm> named(String name) {
    String lower = shortName(name);
    for (ScheduleForm form : forms()) {
      if (form.text().toLowerCase(Locale.ROOT).equals(lower)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }

  /// The name in small letters, its library as `torch`, `keras` or `optax` only.
  private static String shortName(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceFirst("^torch\\.optim\\.lr_scheduler\\.", "torch.")
        .replaceFirst("^(tf\\.)?keras\\.optimizers\\.schedules\\.", "keras.")
        .replaceFirst("^optax\\.schedules\\.", "optax.");
  }

  private static List<ScheduleForm> forms() {
    var forms = new ArrayList<ScheduleForm>();
    Collections.addAll(forms, OwnSchedule.values());
    Collections.addAll(forms, OptaxSchedule.values());
    Collections.addAll(forms, KerasSchedule.values());
    Collections.addAll(forms, TorchSchedule.values());
    return forms;
  }

  static List<String> names() {
    var names = new ArrayList<String>();
    for (ScheduleForm form : forms()) {
      names.add(form.text());
    }
    return List.copyOf(names);
  }

  /// The names of the library that is meant.
  private static List<String> namesLike(String name) {
    String library = library(name);
    var same = new ArrayList<String>();
    for (String known : names()) {
      if (library(known).equals(library)) {
        same.add(known);
      }
    }
    return same.isEmpty() ? names() : same;
  }

  private static String library(String name) {
    return name.substring(0, name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /// The length of a schedule that has one.
  ///
  /// @throws IllegalStateException if it has none yet
  static long length(Schedule schedule, OptionalLong steps) {
    if (steps.isEmpty()) {
      throw new IllegalStateException(
          schedule + " has no length: give it steps, or the run's number of steps");
    }
    return steps.getAsLong();
  }

  /// How many times `period` steps were made; in stairs, the whole times only.
  static double periods(long step, long period, boolean staircase) {
    if (staircase) {
      long whole = step / period;
      return whole;
    }
    return (double) step / period;
  }
}
