package dev.thalweg.cli;

import java.util.Iterator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// What a parser finds in a YAML text, one thing after the other, with the line it stands in.
final class YamlEvents {

  private final String source;
  private final LoadSettings settings;
  private final Iterator<Event> events;
  private int line;

  /// A scalar with the kind that YAML gives it.
  record Scalar(String text, Tag tag) {

    /// As it would stand in YAML, cut to what a sentence has room for.
    String shown() {
      var cut = cut(text);
      return tag.equals(Tag.STR) ? "'" + cut + "'" : tag.equals(Tag.NULL) ? "nothing" : cut;
    }
  }

  /// @param source what messages call the text
  YamlEvents(String source, String text) {
    this.source = source;
    this.settings = LoadSettings.builder().setLabel(source).build();
    this.events = new ParserImpl(settings, new StreamReader(settings, text));
  }

  /// What messages call the text.
  String source() {
    return source;
  }

  /// The line that the last event began in, counted from 1.
  int line() {
    return line;
  }

  Event next() {
    var event = events.next();
    line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(line);
    return event;
  }

  Scalar scalar(ScalarEvent event) {
    var given = event.getTag();
    var tag =
        given.isPresent()
            ? tag(given.get())
            : event.isPlain()
                ? settings.getSchema().getScalarResolver().resolve(event.getValue(), true)
                : Tag.STR;
    return new Scalar(event.getValue(), tag);
  }

  private Tag tag(String given) {
    try {
      return new Tag(given);
    } catch (IllegalArgumentException e) {
      throw wrong("expected a tag such as !!str, found '" + cut(given) + "'");
    }
  }

  /// A failure about the line of the last event.
  Failure wrong(String sentence) {
    return wrong(source, line, sentence);
  }

  /// A failure about a line; names and values of a file may hold line ends.
  static Failure wrong(String source, int line, String sentence) {
    return Failure.usage("%s, line %d: %s".formatted(source, line, oneLine(sentence)));
  }

  /// What a sentence has room for.
  static String cut(String text) {
    var line = oneLine(text);
    return line.length() <= 40 ? line : line.substring(0, 40) + "…";
  }

  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\u2028\\u2029]", " ");
  }
}
