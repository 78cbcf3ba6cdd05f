package dev.thalweg.formats;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes one value; see [Json#write].
final class JsonWriter {

  private final StringBuilder out = new StringBuilder();
  private int depth;

  String write(@Nullable Object value) {
    append(value);
    return out.toString();
  }

  private void append(@Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case Boolean b -> out.append(b.booleanValue());
      case String s -> string(s);
      case Double d -> number(d, Double.isFinite(d));
      case Float f -> number(f, Float.isFinite(f));
      case Long l -> number(l, true);
      case Integer i -> number(i, true);
      case Short s -> number(s, true);
      case Byte b -> number(b, true);
      case Map<?, ?> map -> object(map);
      case Iterable<?> list -> array(list);
      default ->
          throw new IllegalArgumentException(
              "JSON: expected a map, list, string, number, boolean or null, found "
                  + value.getClass().getName());
    }
  }

  private void number(Number value, boolean finite) {
    if (!finite) {
      throw new IllegalArgumentException("JSON: expected a finite number, found " + value);
    }
    out.append(value);
  }

  private void object(Map<?, ?> map) {
    enter();
    out.append('{');
    String separator = "";
    for (var entry : map.entrySet()) {
      out.append(separator);
      if (!(entry.getKey() instanceof String name)) {
        throw new IllegalArgumentException(
            "JSON: expected names that are strings, found " + entry.getKey());
      }
      string(name);
      out.append(':');
      append(entry.getValue());
      separator = ",";
    }
    out.append('}');
    depth--;
  }

  private void array(Iterable<?> list) {
    enter();
    out.append('[');
    String separator = "";
    for (Object element : list) {
      out.append(separator);
      append(element);
      separator = ",";
    }
    out.append(']');
    depth--;
  }

  private void enter() {
    if (++depth > Json.MAXIMUM_DEPTH) {
      throw new IllegalArgumentException(
          "JSON: expected at most %d nested values, found more".formatted(Json.MAXIMUM_DEPTH));
    }
  }

  private void string(String text) {
    if (JsonParser.halfPair(text) >= 0) {
      throw new IllegalArgumentException(
          "JSON: half a surrogate pair in the string " + JsonParser.quoted(text));
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
