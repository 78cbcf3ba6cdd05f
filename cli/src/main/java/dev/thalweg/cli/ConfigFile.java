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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
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
/// a number where a number is expected, a text where a text is. A model may be a list of layers
/// ([LayerList]).
final class ConfigFile {

  /// They are about one call, and not about what it does.
  private static final Set<String> NOT_HERE = Set.of("config", "help", "version", "debug");

  /// Its value may be a list of layers, with layers within.
  private static final String MODEL = "model";

  /// Looked at before any of it is read: what a parser does with a word of megabytes takes a
  /// minute.
  private static final int MOST_BYTES = 1_000_000;

  private final String source;
  private final Map<String, Entry> entries;

  /// @param list whether the values stand in a list
  /// @param line counted from 1
  private record Entry(List<YamlEvents.Scalar> values, boolean list, int line) {}

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
    try {
      return new Reader(new YamlEvents(source, text)).file();
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw Failure.usage(source + line + ": is no YAML: " + YamlEvents.oneLine(e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw Failure.usage(
          source + ": is no YAML: " + YamlEvents.oneLine(String.valueOf(e.getMessage())), e);
    }
  }

  /// Takes what the parser finds, in the one shape that is allowed.
  private static final class Reader {

    private final YamlEvents events;

    Reader(YamlEvents events) {
      this.events = events;
    }

    ConfigFile file() {
      events.next();
      var event = events.next();
      if (event.getEventId() == Event.ID.DocumentStart) {
        event = events.next();
      }
      if (!(event instanceof MappingStartEvent)) {
        throw events.wrong("expected options with their values, such as 'epochs: 20'");
      }
      var entries = new LinkedHashMap<String, Entry>();
      for (event = events.next();
          event.getEventId() != Event.ID.MappingEnd;
          event = events.next()) {
        if (!(event instanceof ScalarEvent key)) {
          throw events.wrong("expected the name of an option");
        }
        var at = events.line();
        var before = entries.put(key.getValue(), entry(key.getValue(), at));
        if (before != null) {
          throw YamlEvents.wrong(
              events.source(),
              at,
              YamlEvents.cut(key.getValue()) + ": is there already, in line " + before.line);
        }
      }
      events.next();
      if (events.next().getEventId() != Event.ID.StreamEnd) {
        throw events.wrong("expected the end, found another document");
      }
      return new ConfigFile(events.source(), entries);
    }

    private Entry entry(String key, int at) {
      var event = events.next();
      var values = new ArrayList<YamlEvents.Scalar>();
      if (event instanceof ScalarEvent value) {
        values.add(events.scalar(value));
        return new Entry(values, false, at);
      }
      if (event instanceof SequenceStartEvent && key.equals(MODEL)) {
        var layers = LayerList.text(key, events);
        return new Entry(List.of(new YamlEvents.Scalar(layers, Tag.STR)), false, at);
      }
      if (event instanceof SequenceStartEvent) {
        for (event = events.next(); event instanceof ScalarEvent value; event = events.next()) {
          values.add(events.scalar(value));
        }
        if (event.getEventId() == Event.ID.SequenceEnd) {
          return new Entry(values, true, at);
        }
      }
      throw events.wrong(YamlEvents.cut(key) + ": expected a value, or a list of values");
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
                .orElseGet(() -> Nearest.sentence("option", YamlEvents.cut(key), known.keySet()));
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

  private Object one(String key, Entry entry, YamlEvents.Scalar value, ArgSpec option) {
    var type = option.isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
    if (type == boolean.class) {
      if (!value.tag().equals(Tag.BOOL)) {
        throw wrong(entry, key + ": expected true or false, found " + value.shown());
      }
      return Boolean.valueOf(value.text());
    }
    var number = value.tag().equals(Tag.INT) || value.tag().equals(Tag.FLOAT);
    if (isNumber(type)) {
      return converted(key, entry, number ? value.text() : value.shown(), value, option);
    }
    // A rate is a number, or the text of a schedule; a threshold is one, or auto; an interval is a
    // number of steps, or a time.
    var mayBeEither =
        type == LearningRate.class || type == Threshold.class || type == CheckpointEvery.class;
    if (!value.tag().equals(Tag.STR) && !(number && mayBeEither)) {
      throw wrong(
          entry,
          key
              + ": expected a text, found "
              + value.shown()
              + (value.tag().equals(Tag.NULL) ? "" : "; in quotes it is one"));
    }
    return converted(key, entry, value.text(), value, option);
  }

  private Object converted(
      String key, Entry entry, String text, YamlEvents.Scalar value, ArgSpec option) {
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
    return YamlEvents.wrong(source, entry.line, sentence);
  }
}
