package dev.thalweg.train;

import dev.thalweg.formats.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON object, each of the type that is asked for.
final class JsonFields {

  private final Map<?, ?> fields;

  /// @throws IllegalArgumentException if the value is no object
  JsonFields(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> object)) {
      throw new IllegalArgumentException("expected a JSON object, found " + shown(value));
    }
    this.fields = object;
  }

  private <T> T field(String name, Class<T> type, String expected, Predicate<T> fits) {
    if (!fields.containsKey(name)) {
      throw new IllegalArgumentException(name + " is missing");
    }
    Object value = fields.get(name);
    if (!type.isInstance(value) || !fits.test(type.cast(value))) {
      throw new IllegalArgumentException(
          name + ": expected " + expected + ", found " + shown(value));
    }
    return type.cast(value);
  }

  String text(String name) {
    return field(name, String.class, "text", text -> true);
  }

  int integer(String name) {
    return Math.toIntExact(
        field(name, Long.class, "a whole number", number -> number.intValue() == number));
  }

  long whole(String name) {
    return field(name, Long.class, "a whole number", number -> true);
  }

  boolean bool(String name) {
    return field(name, Boolean.class, "true or false", truth -> true);
  }

  double number(String name) {
    return field(name, Number.class, "a number", number -> true).doubleValue();
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /// The names of all fields, in their order.
  List<String> names() {
    return fields.keySet().stream().map(String::valueOf).toList();
  }

  /// The object of this name.
  JsonFields object(String name) {
    return new JsonFields(field(name, Map.class, "an object", object -> true));
  }

  /// The objects in the list of this name.
  List<JsonFields> objects(String name) {
    List<JsonFields> objects = new ArrayList<>();
    for (Object item : list(name, "a list of objects")) {
      objects.add(new JsonFields(item));
    }
    return objects;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object item : list(name, "a list of texts")) {
      if (!(item instanceof String text)) {
        throw new IllegalArgumentException(name + ": expected texts, found " + shown(item));
      }
      texts.add(text);
    }
    return texts;
  }

  double[] numbers(String name) {
    List<?> list = list(name, "a list of numbers");
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(list.get(i) instanceof Number number)) {
        throw new IllegalArgumentException(
            name + ": expected numbers, found " + shown(list.get(i)));
      }
      numbers[i] = number.doubleValue();
    }
    return numbers;
  }

  private List<?> list(String name, String expected) {
    return field(name, List.class, expected, list -> true);
  }

  private static String shown(@Nullable Object value) {
    String text = Json.write(value);
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
