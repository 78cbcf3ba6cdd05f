package dev.thalweg.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// JSON lines, from `data` to `predict`.
class JsonTableTest {

  @TempDir Path place;
  private Path json = Path.of("");
  private Path csv = Path.of("");

  @BeforeEach
  void write() throws Exception {
    var lines = new StringBuilder();
    var rows = new StringBuilder("size,place.city,at,kind\n");
    for (var i = 0; i < 60; i++) {
      var city = i % 2 == 0 ? "Bern" : "Basel";
      var kind = i % 3 == 0 ? "old" : "new";
      var size = i % 3 == 0 ? 4.5 + i % 4 : 1.5 + i % 4;
      lines.append(
          "{\"size\": %s, \"place\": {\"city\": \"%s\"}, \"at\": %s, \"kind\": \"%s\"}%n"
              .formatted(size, city, i == 5 ? "null" : i % 5, kind));
      rows.append("%s,%s,%s,%s%n".formatted(size, city, i == 5 ? "" : i % 5, kind));
    }
    json = Files.writeString(place.resolve("houses.jsonl"), lines);
    csv = Files.writeString(place.resolve("houses.csv"), rows);
  }

  private static Map<?, ?> object(String... line) {
    var outcome = Outcome.of(line);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return requireNonNull((Map<?, ?>) Json.parse(outcome.out()));
  }

  private Map<?, ?> train(Path file, String name) {
    return object(
        "train",
        file.toString(),
        "--target",
        "kind",
        "--model",
        "mlp(4)",
        "--epochs",
        "3",
        "--quiet",
        "--format",
        "json",
        "--out",
        place.resolve(name).toString());
  }

  @Test
  void giveTheWeightsThatTheSameRowsAsCsvGive() throws Exception {
    var run = place.resolve("a").toString();
    var trained = train(json, "a");
    assertThat(trained.get("weights_sha256")).isEqualTo(train(csv, "b").get("weights_sha256"));
    var evaluated = object("evaluate", run, json.toString(), "--format", "json");
    assertThat(object("evaluate", run, csv.toString(), "--format", "json").get("loss"))
        .isEqualTo(evaluated.get("loss"));
    var rows =
        Files.writeString(
            place.resolve("more.jsonl"),
            """
            {"place": {"city": "Bern"}, "size": 5.5, "at": 3, "id": "x"}
            {"id": "y", "size": 2.5, "place": {"city": "Basel"}}
            """);
    var predicted = Outcome.of("predict", run, rows.toString(), "--keep", "id", "--quiet");
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(predicted.out().lines()).hasSize(3).element(2).asString().startsWith("y,");
    var told = Outcome.of("data", json.toString());
    assertThat(told.out()).contains("place.city").contains("rows      60");
  }

  @Test
  void mistakesGetASentence() throws Exception {
    var broken = Files.writeString(place.resolve("t.jsonl"), "{\"a\": 1, \"b\": 2}\n{\"a\": 1,}\n");
    var outcome = Outcome.of("train", broken.toString(), "--target", "b");
    assertThat(outcome.err())
        .isEqualTo(
            "thalweg: %s, line 2: not JSON lines: expected a key in quotes, found '}'\n"
                .formatted(broken));
    assertThat(outcome.exitCode()).isEqualTo(1);
    for (var words : List.of(List.of("train", json.toString(), "--target", "kin"))) {
      var unknown = Outcome.of(words.toArray(String[]::new));
      assertThat(unknown.err()).contains("unknown column 'kin' (did you mean 'kind'?)");
      assertThat(unknown.exitCode()).isEqualTo(2);
    }
  }
}
