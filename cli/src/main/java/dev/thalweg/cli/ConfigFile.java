package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.kernels.Nearest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Options of a command in a YAML file, by their names without the dashes, one a line:
///
/// ```yaml
/// data: cars.csv
/// target: mpg
/// categorical: [origin, year]
/// model: mlp(64, dropout=0.1)
/// epochs: 50
/// ```
///
/// Values are read as those of the command line are, and have to be of their kind in YAML as well:
/// a number where a number is expected, a text where a text is.
final class ConfigFile {

  /// They are about one call, and not about what it does.
  private static final Set<String> NOT_HERE = Set.of("config", "help", "version", "debug");

  /// Looked at before any of it is read: what a parser does with a word of megabytes takes a
  /// minute.
  private static final int MOST_BYTES = 1_000_000;

  private final String source;
  private final Map<String, Entry> entries;

  /// A scalar with the kind that YAML gives it.
  private record Scalar(String text, Tag tag) {

    /// As it would stand in YAML, cut to what a sentence has room for.
    String shown() {
      var cut = cut(text);
      return tag.equals(Tag.STR) ? "'" + cut + "'" : tag.equals(Tag.NULL) ? "nothing" : cut;
    }
  }

  /// @param list whether the values stand in a list
  /// @param line counted from 1
  private record Entry(List<Scalar> values, boolean list, int line) {}

  private ConfigFile(String source, Map<String, Entry> entries) {
    this.source = source;
    this.entries = entries;
  }

  /// Reads a file; what options there are is not looked at.
  ///
  /// @throws Failure if it can't be read, or is something else than options with their values
  static ConfigFile read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw Failure.working(
            "%s: expected at most %,d bytes of options, found %s"
                .formatted(
                    file,
                    MOST_BYTES,
                    Files.isRegularFile(file) ? "%,d".formatted(Files.size(file)) : "more"));
      }
      return parse(file.toString(), UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (NoSuchFileException e) {
      throw Failure.working(file + ": no such file", e);
    } catch (CharacterCodingException e) {
      throw Failure.working(file + ": is no UTF-8 text", e);
    } catch (IOException e) {
      throw Failure.working(file + ": can't be read: " + e.getMessage(), e);
    }
  }

  /// Reads a text.
  ///
  /// @param source what messages call it
  /// @throws Failure if it is something else than options with their values
  static ConfigFile parse(String source, String text) {
    var settings = LoadSettings.builder().setLabel(source).build();
    try {
      return new Reader(
              source, settings, new ParserImpl(settings, new StreamReader(settings, text)))
          .file();
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw Failure.usage(source + line + ": is no YAML: " + oneLine(e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw Failure.usage(source + ": is no YAML: " + oneLine(String.valueOf(e.getMessage())), e);
    }
  }

  /// What a sentence has room for.
  private static String cut(String text) {
    var line = oneLine(text);
    return line.length() <= 40 ? line : line.substring(0, 40) + "…";
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\u2028\\u2029]", " ");
  }

  /// Takes what the parser finds, in the one shape that is allowed.
  private static final class Reader {

    private final String source;
    private final LoadSettings settings;
    private final Iterator<Event> events;
    private int line;

    Reader(String source, LoadSettings settings, Iterator<Event> events) {
      this.source = source;
      this.settings = settings;
      this.events = events;
    }

    ConfigFile file() {
      next();
      var event = next();
      if (event.getEventId() == Event.ID.DocumentStart) {
        event = next();
      }
      if (!(event instanceof MappingStartEvent)) {
        throw wrong("expected options with their values, such as 'epochs: 20'");
      }
      var entries = new LinkedHashMap<String, Entry>();
      for (event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
        if (!(event instanceof ScalarEvent key)) {
          throw wrong("expected the name of an option");
        }
        var at = line;
        var before = entries.put(key.getValue(), entry(key.getValue(), at));
        if (before != null) {
          throw ConfigFile.wrong(
              source, at, cut(key.getValue()) + ": is there already, in line " + before.line);
        }
      }
      next();
      if (next().getEventId() != Event.ID.StreamEnd) {
        throw wrong("expected the end, found another document");
      }
      return new ConfigFile(source, entries);
    }

    private Entry entry(String key, int at) {
      var event = next();
      var values = new ArrayList<Scalar>();
      if (event instanceof ScalarEvent value) {
        values.add(scalar(value));
        return new Entry(values, false, at);
      }
      if (event instanceof SequenceStartEvent) {
        for (event = next(); event instanceof ScalarEvent value; event = next()) {
          values.add(scalar(value));
        }
        if (event.getEventId() == Event.ID.SequenceEnd) {
          return new Entry(values, true, at);
        }
      }
      throw wrong(cut(key) + ": expected a value, or a list of values");
    }

    private Scalar scalar(ScalarEvent event) {
      var plain = event.isPlain();
      var given = event.getTag();
      var tag =
          given.isPresent()
              ? tag(given.get())
              : plain
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

    private Event next() {
      var event = events.next();
      line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(line);
      return event;
    }

    private Failure wrong(String sentence) {
      return ConfigFile.wrong(source, line, sentence);
    }
  }

  /// Gives the command's options the values of this file.
  ///
  /// @param given whether an option was given otherwise, and stays as it is
  /// @return where the values stand that were given
  /// @throws Failure with file and line, if an option is not known, or its value is wrong
  ConfigPlaces fill(CommandSpec command, Predicate<ArgSpec> given) {
    var known = new LinkedHashMap<String, ArgSpec>();
    command
        .positionalParameters()
        .forEach(
            parameter -> known.put(parameter.paramLabel().toLowerCase(Locale.ROOT), parameter));
    for (OptionSpec option : command.options()) {
      var name = option.longestName().replaceFirst("^-+", "");
      if (!option.hidden() && !NOT_HERE.contains(name)) {
        known.put(name, option);
      }
    }
    var lines = new HashMap<String, Integer>();
    entries.forEach((key, entry) -> {
      var option = known.get(key);
      if (option == null) {
        var sentence =
            OtherNames.here(command, key)
                .map(here -> "unknown option '%s'; here it is %s".formatted(key, inFile(here)))
                .orElseGet(() -> Nearest.sentence("option", cut(key), known.keySet()));
        throw wrong(entry, sentence);
      }
      var value = value(key, entry, option);
      if (!given.test(option)) {
        set(option, value);
        lines.put(key, entry.line);
      }
    });
    return new ConfigPlaces(source, lines);
  }

  /// How a line says what an option says on the command line: `optimizer: 'adam'`.
  private static String inFile(String typed) {
    return typed.replaceFirst("^--", "").replaceFirst(" ", ": ");
  }

  private static void set(ArgSpec option, Object value) {
    try {
      option.setter().set(value);
    } catch (Exception e) {
      throw new IllegalStateException(option + ": can't be set", e);
    }
  }

  private Object value(String key, Entry entry, ArgSpec option) {
    if (option.isMultiValue()) {
      return entry.values.stream().map(value -> one(key, entry, value, option)).toList();
    }
    if (entry.list) {
      throw wrong(entry, key + ": expected one value, found a list of " + entry.values.size());
    }
    return one(key, entry, entry.values.getFirst(), option);
  }

  private Object one(String key, Entry entry, Scalar value, ArgSpec option) {
    var type = option.isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
    if (type == boolean.class) {
      if (!value.tag.equals(Tag.BOOL)) {
        throw wrong(entry, key + ": expected true or false, found " + value.shown());
      }
      return Boolean.valueOf(value.text);
    }
    var number = value.tag.equals(Tag.INT) || value.tag.equals(Tag.FLOAT);
    if (isNumber(type)) {
      return converted(key, entry, number ? value.text : value.shown(), value, option);
    }
    // A rate is a number, or the text of a schedule; a threshold is one, or auto.
    var mayBeEither = type == LearningRate.class || type == Threshold.class;
    if (!value.tag.equals(Tag.STR) && !(number && mayBeEither)) {
      throw wrong(
          entry,
          key
              + ": expected a text, found "
              + value.shown()
              + (value.tag.equals(Tag.NULL) ? "" : "; in quotes it is one"));
    }
    return converted(key, entry, value.text, value, option);
  }

  private Object converted(String key, Entry entry, String text, Scalar value, ArgSpec option) {
    if (option.converters().length == 0) {
      return text;
    }
    try {
      return option.converters()[0].convert(text);
    } catch (BadValue bad) {
      throw wrong(entry, key + ": " + bad.getMessage() + ", found " + value.shown());
    } catch (Exception e) {
      throw new IllegalStateException(option + ": can't be read", e);
    }
  }

  private static boolean isNumber(Class<?> type) {
    return type == int.class
        || type == long.class
        || type == double.class
        || Number.class.isAssignableFrom(type);
  }

  private Failure wrong(Entry entry, String sentence) {
    return wrong(source, entry.line, sentence);
  }

  /// Names and values of a file may hold line ends.
  private static Failure wrong(String source, int line, String sentence) {
    return Failure.usage("%s, line %d: %s".formatted(source, line, oneLine(sentence)));
  }
}
