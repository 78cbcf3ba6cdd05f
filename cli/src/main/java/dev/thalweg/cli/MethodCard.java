package dev.thalweg.cli;

import dev.thalweg.formula.Program;
import dev.thalweg.optim.Description;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.optim.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `optimizers` shows of a method, or of a call with arguments.
///
/// @param method what is known about the method; of a chain, about its rule
/// @param call the text form of the call; empty for a method alone
/// @param formula with the arguments of the call, or the defaults; empty where nothing is computed
record MethodCard(Description method, Optional<Optimizer> call, Optional<Program> formula) {

  static MethodCard of(Description method) {
    return new MethodCard(method, Optional.empty(), method.formula());
  }

  static MethodCard of(Optimizer call) {
    return new MethodCard(
        describe(call.name()),
        Optional.of(call),
        Optional.of(call.formula()).filter(program -> !program.assignments().isEmpty()));
  }

  private static Description describe(String name) {
    try {
      return Optimizers.describe(name);
    } catch (IllegalArgumentException own) {
      return new Description(
          name, Family.DESCENT, "a rule of your own", "", List.of(), List.of(), Optional.empty());
    }
  }

  /// The name; of a call its text form.
  String title() {
    return call.map(Optimizer::toString).orElse(method.name());
  }

  /// Whether it is another library's own call.
  private boolean isLibrarys() {
    return method.name().contains(".");
  }

  /// The lines of the formula.
  String formulaText() {
    var none =
        method.family() == Family.SECOND_ORDER
            ? "# no formula: a search, as its paper has it"
            : "# computes nothing";
    return formula.map(Program::text).orElse(none).strip();
  }

  String latex() {
    return formula.map(Program::latex).orElse("");
  }

  Map<String, @Nullable Object> json() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", method.name());
    json.put("family", method.family().name().toLowerCase(Locale.ROOT));
    json.put("summary", method.summary());
    var defaults = new LinkedHashMap<String, @Nullable Object>();
    for (var argument : method.arguments()) {
      if (argument.kind() != Hyperparameter.Kind.IGNORED) {
        defaults.put(argument.name(), ArgumentText.json(argument.defaultValue()));
      }
    }
    json.put("defaults", defaults);
    json.put("paper", method.paper());
    json.put("aliases", method.aliases());
    json.put("arguments", method.arguments().stream().map(ArgumentText::json).toList());
    json.put("formula", formula.map(Program::text).orElse(null));
    json.put("latex", formula.map(Program::latex).orElse(null));
    json.put("rests_without_gradient", rests().orElse(null));
    call.ifPresent(optimizer -> {
      json.put("call", optimizer.toString());
      var values = new LinkedHashMap<String, String>();
      optimizer.hyperparameters().forEach((name, value) -> values.put(name, value.toString()));
      json.put("hyperparameters", values);
    });
    return json;
  }

  /// The entry of a list: name and summary, defaults, source.
  String entry(int columns) {
    var defaults =
        method.arguments().stream()
            .filter(ArgumentText::isMeant)
            .map(ArgumentText::assignment)
            .collect(Collectors.joining(", "));
    var also = method.aliases().isEmpty() ? "" : "; also " + String.join(", ", method.aliases());
    return Wrapped.text("  " + method.name() + "  ", method.summary(), 6, columns)
        + (defaults.isEmpty() ? "" : Wrapped.text("      ", defaults, 6, columns))
        + Wrapped.text("      ", method.paper() + also, 6, columns);
  }

  /// Everything.
  String details(int columns) {
    var text = new StringBuilder();
    row(text, "name", method.name(), columns);
    row(text, "summary", method.summary(), columns);
    row(text, "family", method.family().title(), columns);
    row(text, isLibrarys() ? "computes as" : "paper", method.paper(), columns);
    row(text, "also", String.join(", ", method.aliases()), columns);
    call.ifPresent(optimizer -> {
      row(text, "call", optimizer.toString(), columns);
      var values =
          optimizer.hyperparameters().entrySet().stream()
              .map(value -> value.getKey() + "=" + value.getValue())
              .collect(Collectors.joining(", "));
      row(text, "with", values, columns);
    });
    row(text, "unused rows", rests().map(MethodCard::ofUnusedRows).orElse(""), columns);
    if (!method.arguments().isEmpty()) {
      text.append("\nArguments and their defaults; a number may be a schedule:\n");
      arguments(text, columns);
    }
    formula.ifPresent(program -> {
      var standard = call.isEmpty() && formula.equals(describe(method.name()).formula());
      text.append("\nFormula").append(standard ? " with the defaults" : "");
      text.append(" (p: parameter, g: gradient, t: update, from 1):\n");
      program.text().strip().lines().forEach(line -> text.append("  " + line + "\n"));
    });
    return text.toString();
  }

  /// Whether rows of a table without a gradient stay as they are; empty where nothing is moved, or
  /// more must be given.
  private Optional<Boolean> rests() {
    if (method.family() == Family.STAGE || method.family() == Family.SECOND_ORDER) {
      return Optional.empty();
    }
    var table = Parameter.of("embedding.weight", new int[] {2, 2}, new float[4]);
    try {
      var optimizer = call.isPresent() ? call.get() : Optimizer.parse(method.name());
      return Optional.of(optimizer.restsWithoutGradient(table));
    } catch (IllegalArgumentException incomplete) {
      return Optional.empty();
    }
  }

  /// What becomes of rows of an embedding that a batch does not look up.
  static String ofUnusedRows(boolean rest) {
    return rest
        ? "stay as they are: a step of an embedding costs as the rows that a batch looks up"
        : "move too: a step of an embedding costs as all its rows";
  }

  private static void row(StringBuilder text, String name, String value, int columns) {
    if (!value.isEmpty()) {
      text.append(Wrapped.text("%-13s".formatted(name), value, 13, columns));
    }
  }

  private void arguments(StringBuilder text, int columns) {
    var widest =
        method.arguments().stream()
            .mapToInt(argument -> ArgumentText.assignment(argument).length())
            .max()
            .orElse(0);
    var indent = Math.min(widest, 32) + 4;
    for (var argument : method.arguments()) {
      var name = "  " + ArgumentText.assignment(argument);
      var first = name + " ".repeat(Math.max(2, indent - name.length()));
      text.append(Wrapped.text(first, ArgumentText.explanation(argument), indent, columns));
    }
  }
}
