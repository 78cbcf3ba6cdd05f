package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import dev.thalweg.train.FittedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a program gets of a file, by [FittedModel#evaluate(Path)] and its kin, is what the command
/// prints.
class FilesInJavaTest {

  @TempDir Path folder;

  private Path trained(String... more) {
    var run = folder.resolve("run");
    var arguments = new ArrayList<>(List.of("train", file().toString(), "--quiet"));
    arguments.addAll(List.of("--epochs", "3", "--out", run.toString()));
    arguments.addAll(List.of(more));
    var outcome = Outcome.of(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return run;
  }

  private Path file() {
    return folder.resolve("rows.csv");
  }

  /// Categories, dates, missing values, and among the rows to come a category that is not known.
  private void write(Path file, boolean answers, int from, int to) throws IOException {
    var text = new StringBuilder(answers ? "area;town;built;price;sold\n" : "town;built;area\n");
    for (int i = from; i < to; i++) {
      var town = i % 11 == 3 ? "" : i >= 60 && i % 7 == 2 ? "upon Tyne" : i % 2 == 0 ? "a" : "b";
      var area = i % 9 == 4 ? "NA" : 40 + 7 * i % 53 + ",25";
      var built = "%02d.%02d.%d".formatted(1 + i % 28, 1 + i % 12, 1980 + i % 30);
      text.append(
          answers
              ? "%s;%s;%s;%d,5;%s\n"
                  .formatted(area, town, built, 100 + 3 * i % 47, i % 3 == 0 ? "yes" : "no")
              : "%s;%s;%s\n".formatted(town, built, area));
    }
    Files.writeString(file, text);
  }

  private static Map<?, ?> json(String... arguments) {
    var outcome = Outcome.of(arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return object(Json.parse(outcome.out()));
  }

  private static Map<?, ?> object(@Nullable Object json) {
    return (Map<?, ?>) Objects.requireNonNull(json);
  }

  private static double number(Map<?, ?> json, String name) {
    return ((Number) Objects.requireNonNull(json.get(name), name)).doubleValue();
  }

  private void isAsTheCommand(Path run) throws IOException {
    var model = FittedModel.load(run);
    var judged = folder.resolve("judged.csv");
    write(judged, true, 60, 100);
    var printed = json("evaluate", run.toString(), judged.toString(), "--format", "json");
    var found = model.evaluate(judged);
    assertThat(number(printed, "rows")).isEqualTo(found.rows());
    assertThat(found.values()).hasSizeGreaterThan(2);
    found
        .values()
        .forEach((name, value) -> assertThat(number(printed, name)).as(name).isEqualTo(value));
    assertThat(model.evaluate(model.read(judged))).isEqualTo(found);
    var asked = folder.resolve("asked.csv");
    write(asked, false, 60, 100);
    var said = json("predict", run.toString(), asked.toString(), "--format", "json");
    var predictions = (List<?>) Objects.requireNonNull(said.get("predictions"));
    var answers = model.predict(asked);
    assertThat(answers).hasSameSizeAs(predictions);
    assertThat(answers).anyMatch(answer -> answer.unknown().equals(Map.of("town", "upon Tyne")));
    assertThat(answers).anyMatch(answer -> answer.missing().contains("area"));
    for (int i = 0; i < answers.size(); i++) {
      var row = object(predictions.get(i));
      if (model.classNames().isEmpty()) {
        assertThat((float) number(row, "prediction")).isEqualTo((float) answers.get(i).value());
      } else {
        assertThat(row.get("prediction")).isEqualTo(answers.get(i).label());
        var probabilities = object(row.get("probabilities"));
        answers
            .get(i)
            .probabilities()
            .forEach((name, probability) ->
                assertThat((float) number(probabilities, name))
                    .isEqualTo(probability.floatValue()));
      }
    }
  }

  @Test
  void numbersOfAFile() throws IOException {
    write(file(), true, 0, 60);
    isAsTheCommand(trained("--target", "price", "--ignore", "sold"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2", "0.5"})
  void classesOfAFileDecidedByAThreshold(String threshold) throws IOException {
    write(file(), true, 0, 60);
    isAsTheCommand(
        trained(
            "--target",
            "sold",
            "--ignore",
            "price",
            "--positive",
            "yes",
            "--threshold",
            threshold));
  }
}
