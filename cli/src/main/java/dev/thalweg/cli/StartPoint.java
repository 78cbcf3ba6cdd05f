package dev.thalweg.cli;

import dev.thalweg.kernels.Nearest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Where a minimisation begins: numbers by name, as typed: `a=1,b=2`.
record StartPoint(SequencedMap<String, Double> values) {

  static final StartPoint NONE = new StartPoint(new LinkedHashMap<>());

  StartPoint {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /// Reads `a=1,b=2`, strictly.
  ///
  /// @throws BadValue if it is none
  static StartPoint parse(String text) {
    var values = new LinkedHashMap<String, Double>();
    for (var part : text.split(",", -1)) {
      var equals = part.indexOf('=');
      var name = part.substring(0, Math.max(equals, 0)).strip();
      if (name.isEmpty()) {
        throw new BadValue(
            "expected a name and its number, as in a=1,b=2, found '%s'".formatted(part.strip()));
      }
      var value = part.substring(equals + 1).strip();
      var number = Values.number(value);
      if (!Double.isFinite(number)) {
        throw new BadValue("%s must be a finite number, found '%s'".formatted(name, value));
      }
      if (values.put(name, number) != null) {
        throw new BadValue(name + " is given twice");
      }
    }
    return new StartPoint(values);
  }

  /// Itself, if it has a number for each of these variables and no other.
  ///
  /// @throws IllegalArgumentException if it hasn't
  StartPoint checkedFor(List<String> variables) {
    for (var name : values.keySet()) {
      if (!variables.contains(name)) {
        throw new IllegalArgumentException(Nearest.sentence("variable", name, variables));
      }
    }
    var missing = variables.stream().filter(name -> !values.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a number for each variable, %s; found none%s"
              .formatted(
                  variables.stream().map(name -> name + "=…").collect(Collectors.joining(",")),
                  values.isEmpty() ? "" : " for " + String.join(", ", missing)));
    }
    return this;
  }
}
