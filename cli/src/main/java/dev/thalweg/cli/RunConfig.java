package dev.thalweg.cli;

import dev.thalweg.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Everything that is needed to repeat a training to the bit, by the names of the options of
/// `train`.
///
/// Provider and threads are not among it: results do not depend on them.
///
/// @param data the name of the data set
/// @param model the model's text
/// @param loss the loss's name
/// @param optimizer the optimizer's text
/// @param epochs at most
/// @param batch samples a step
/// @param sampling how batches are drawn
/// @param test the fraction of all rows kept for the final evaluation
/// @param validation the fraction of all rows that is evaluated after each epoch
/// @param patience epochs without a better loss, 0 for all epochs
/// @param seed what all random numbers follow from
record RunConfig(
    String data,
    String model,
    String loss,
    String optimizer,
    int epochs,
    int batch,
    String sampling,
    double test,
    double validation,
    int patience,
    long seed) {

  /// As YAML: one option a line.
  String yaml() {
    var options = new LinkedHashMap<String, Object>();
    options.put("data", data);
    options.put("model", model);
    options.put("loss", loss);
    options.put("optimizer", optimizer);
    options.put("epochs", epochs);
    options.put("batch", batch);
    options.put("sampling", sampling);
    options.put("test", test);
    options.put("validation", validation);
    options.put("patience", patience);
    options.put("seed", seed);
    var text = new StringBuilder("# thalweg " + Thalweg.version() + "\n");
    for (Map.Entry<String, Object> option : options.entrySet()) {
      // A value in JSON is one in YAML, too.
      text.append(option.getKey()).append(": ").append(Json.write(option.getValue())).append('\n');
    }
    return text.toString();
  }

  /// Reads what [#yaml] wrote.
  ///
  /// @throws Failure naming the file and the option, if something is missing or of another kind
  static RunConfig read(Path file) {
    Object content;
    try {
      var settings = LoadSettings.builder().setLabel(file.toString()).build();
      content = new Load(settings).loadFromString(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw Failure.working(file + ": no such file", e);
    } catch (IOException e) {
      throw Failure.working(file + ": can't be read: " + e.getMessage(), e);
    } catch (YamlEngineException e) {
      var line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw Failure.working(file + ": is no YAML: " + line, e);
    }
    if (!(content instanceof Map<?, ?> options)) {
      throw Failure.working(file + ": expected options, one a line, found none");
    }
    var reader = new Reader(file, options);
    return new RunConfig(
        reader.get("data", String.class),
        reader.get("model", String.class),
        reader.get("loss", String.class),
        reader.get("optimizer", String.class),
        reader.whole("epochs").intValue(),
        reader.whole("batch").intValue(),
        reader.get("sampling", String.class),
        reader.get("test", Number.class).doubleValue(),
        reader.get("validation", Number.class).doubleValue(),
        reader.whole("patience").intValue(),
        reader.whole("seed").longValue());
  }

  private record Reader(Path file, Map<?, ?> options) {

    Number whole(String name) {
      var value = get(name, Number.class);
      if (value instanceof Integer || value instanceof Long) {
        return value;
      }
      throw Failure.working(file + ": " + name + ": expected a whole number, found " + value);
    }

    <T> T get(String name, Class<T> kind) {
      var value = options.get(name);
      if (kind.isInstance(value)) {
        return kind.cast(value);
      }
      throw Failure.working(
          file
              + ": "
              + name
              + ": expected a "
              + (kind == String.class ? "text" : "number")
              + ", found "
              + (value == null ? "none" : value));
    }
  }
}
