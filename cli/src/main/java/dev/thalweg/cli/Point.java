package dev.thalweg.cli;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Nearest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A point or a gradient as JSON has it: nested numbers, or an object of such by name.
///
/// @param named whether it is an object
/// @param parts by name; one without a name where it is no object
record Point(boolean named, SequencedMap<String, NestedNumbers> parts) {

  Point {
    parts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parts));
  }

  /// Reads a value of JSON.
  ///
  /// @throws BadValue if it is no point, has no number, or is ragged
  static Point of(@Nullable Object json) {
    var parts = new LinkedHashMap<String, NestedNumbers>();
    if (!(json instanceof Map<?, ?> object)) {
      parts.put("", NestedNumbers.of(json));
      return new Point(false, parts);
    }
    for (var part : object.entrySet()) {
      var name = String.valueOf(part.getKey());
      if (name.isBlank()) {
        throw new BadValue("a parameter must have a name, found '" + name + "'");
      }
      try {
        parts.put(name, NestedNumbers.of(part.getValue()));
      } catch (BadValue bad) {
        throw new BadValue(name + ": " + bad.getMessage());
      }
    }
    if (parts.isEmpty()) {
      throw new BadValue("expected at least one parameter, found an empty object");
    }
    return new Point(true, parts);
  }

  /// This gradient in the order of the point that it belongs to.
  ///
  /// @throws BadValue if it has other names or shapes
  Point inOrderOf(Point point) {
    if (named != point.named) {
      throw new BadValue(
          "expected %s as in --start, found %s".formatted(point.describe(), describe()));
    }
    for (var name : parts.keySet()) {
      if (!point.parts.containsKey(name)) {
        throw new BadValue(Nearest.sentence("parameter", name, point.parts.keySet()));
      }
    }
    var ordered = new LinkedHashMap<String, NestedNumbers>();
    point.parts.forEach((name, expected) -> {
      var found = parts.get(name);
      if (found == null) {
        throw new BadValue("expected a gradient of " + name + ", found none");
      }
      if (!found.shape().equals(expected.shape())) {
        throw new BadValue(
            "%sexpected %s as in --start, found %s"
                .formatted(
                    named ? name + ": " : "",
                    NestedNumbers.describe(expected.shape()),
                    NestedNumbers.describe(found.shape())));
      }
      ordered.put(name, found);
    });
    return new Point(named, ordered);
  }

  /// The first number that isn't finite, as the end of a sentence: ` of w has NaN at [1]`.
  ///
  /// @param dtype what the numbers will be
  Optional<String> notFinite(DType dtype) {
    for (var part : parts.entrySet()) {
      var values = part.getValue().values();
      for (var i = 0; i < values.length; i++) {
        var value = values[i];
        var isTooLarge = dtype == DType.F32 && !Float.isFinite((float) value);
        if (isTooLarge || !Double.isFinite(value)) {
          var at = part.getValue().at(i);
          return Optional.of(
              "%s has %s%s%s"
                  .formatted(
                      named ? " of " + part.getKey() : "",
                      Numbers.text(value),
                      at.isEmpty() ? "" : " at " + at,
                      Double.isFinite(value) ? ", which is beyond the range of f32" : ""));
        }
      }
    }
    return Optional.empty();
  }

  private String describe() {
    return named
        ? "an object with " + String.join(", ", parts.keySet())
        : NestedNumbers.describe(parts.firstEntry().getValue().shape());
  }
}
