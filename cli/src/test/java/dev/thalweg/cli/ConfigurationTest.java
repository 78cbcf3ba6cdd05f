package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A run's `config.yaml` says everything needed to repeat it: no option of `train` is forgotten.
class ConfigurationTest {

  /// For each option a value that is not its default; those beside are of no use alone.
  private static final Map<String, Object> SAID =
      Map.ofEntries(
          Map.entry("data", "cars, ü.csv"),
          Map.entry("sha256", "0123456789abcdef".repeat(4)),
          Map.entry("target", "price, €"),
          Map.entry("task", "regression"),
          Map.entry("categorical", List.of("a", "b, c")),
          Map.entry("ignore", List.of("d")),
          Map.entry("text", List.of("body, 1")),
          Map.entry("weight", "w"),
          Map.entry("images", "file"),
          Map.entry("size", "32x48"),
          Map.entry("fit", "stretch"),
          Map.entry("channels", 1L),
          Map.entry("sample-rate", 8000L),
          Map.entry("seconds", 1.5),
          Map.entry("augment", "flip"),
          Map.entry("tokenizer", "bytes"),
          Map.entry("context", 17L),
          Map.entry("documents", "joined"),
          Map.entry("model", "mlp(3)"),
          Map.entry("loss", "mse"),
          Map.entry("optimizer", "sgd(lr=0.5)"),
          Map.entry("scale-target", "no"),
          Map.entry("epochs", 3L),
          Map.entry("batch", 5L),
          Map.entry("sampling", "replacement"),
          Map.entry("test", 0.25),
          Map.entry("validation", 0.125),
          Map.entry("patience", 2L),
          Map.entry("folds", 4L),
          Map.entry("positive", "yes"),
          Map.entry("threshold", 0.75),
          Map.entry("calibrate", true),
          Map.entry("checkpoint-every", "30s"),
          Map.entry("folder", "/data"),
          Map.entry("separator", ";"),
          Map.entry("header", "no"),
          Map.entry("decimal", ","),
          Map.entry("thousands", "."),
          Map.entry("day-first", "yes"),
          Map.entry("missing", List.of("-", "?")),
          Map.entry("from", "runs/a"),
          Map.entry("freeze", List.of("conv*")),
          Map.entry("seed", 7L));

  /// What a training does not depend on, or what its run has in another place.
  private static final Set<String> NOT_SAID =
      Set.of(
          "config",
          "out",
          "plot",
          "plot-memory",
          "watch",
          "explain",
          "metrics",
          "tensorboard",
          "download",
          "grid",
          "seeds",
          "judge",
          "threads",
          "provider",
          "format",
          "quiet",
          "debug",
          "help",
          "version",
          "lr");

  private static Map<String, Object> read(Map<String, Object> said) {
    var yaml = new StringBuilder();
    said.forEach(
        (name, value) -> yaml.append(name).append(": ").append(Json.write(value)).append('\n'));
    return RunConfig.parse("test", yaml.toString()).options();
  }

  @Test
  void everyOptionOfATrainingIsKept() {
    SAID.forEach((name, value) -> {
      var said = new LinkedHashMap<String, Object>();
      said.put(name, value);
      if (name.equals("freeze")) {
        said.put("from", "runs/a");
      }
      assertThat(Json.write(read(said).get(name))).as(name).isEqualTo(Json.write(value));
    });
    assertThat(read(Map.of("lr", 0.5)).get("optimizer")).asString().contains("lr=0.5");
  }

  @Test
  void everyOptionIsLookedAt() {
    var all = ThalwegCommand.withWhatIsAsked("train").getSubcommands();
    var train = Objects.requireNonNull(all.get("train"));
    var names = new TreeSet<>(Set.of("data"));
    for (var option : train.getCommandSpec().options()) {
      names.add(option.longestName().replaceFirst("^-+", ""));
    }
    var known = new TreeSet<>(SAID.keySet());
    known.addAll(NOT_SAID);
    assertThat(known).isEqualTo(names);
  }
}
