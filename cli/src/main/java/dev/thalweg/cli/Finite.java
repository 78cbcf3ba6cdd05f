package dev.thalweg.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes values fit for JSON, which has no number that is not finite: null stands for it.
final class Finite {

  private Finite() {}

  /// The value with null in place of every number that is not finite, at any depth.
  ///
  /// @param value made of maps, lists, texts, numbers, booleans and null
  static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Double number when !Double.isFinite(number) -> null;
      case Float number when !Float.isFinite(number) -> null;
      case Map<?, ?> map -> {
        var copy = new LinkedHashMap<Object, @Nullable Object>();
        map.forEach((name, element) -> copy.put(name, of(element)));
        yield copy;
      }
      case List<?> list -> {
        var copy = new ArrayList<@Nullable Object>();
        list.forEach(element -> copy.add(of(element)));
        yield copy;
      }
      default -> value;
    };
  }
}
