package dev.thalweg.cli;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// JSON as the command prints it: one value on one line.
///
/// Values are maps (in their order), lists, texts, booleans, numbers, paths and the like by their
/// text, and null. A number that is not finite is null, for JSON has none.
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /// The value on one line, without a line end.
  static String line(@Nullable Object value) {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, value);
    }
    return text.toString();
  }

  private static void write(JsonGenerator to, @Nullable Object value) {
    switch (value) {
      case null -> to.writeNull();
      case Map<?, ?> map -> {
        to.writeStartObject();
        map.forEach((key, element) -> {
          to.writeName(String.valueOf(key));
          write(to, element);
        });
        to.writeEndObject();
      }
      case List<?> list -> {
        to.writeStartArray();
        list.forEach(element -> write(to, element));
        to.writeEndArray();
      }
      case Boolean truth -> to.writeBoolean(truth);
      case Double number when Double.isFinite(number) -> to.writeNumber(number);
      case Double _ -> to.writeNull();
      case Float number when Float.isFinite(number) -> to.writeNumber(number);
      case Float _ -> to.writeNull();
      case Integer number -> to.writeNumber(number);
      case Long number -> to.writeNumber(number);
      default -> to.writeString(value.toString());
    }
  }
}
