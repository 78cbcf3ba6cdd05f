package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `train FILE --weight COL`.
class WeightColumnTest {

  @TempDir Path folder;

  /// Two lines on top of each other, y = x and y = −x; hardly more than the rows of the first
  /// count.
  @BeforeEach
  void writeRows() throws IOException {
    Files.writeString(file(), rows("0.001"));
  }

  private static String rows(String weightOfSecond) {
    var text = new StringBuilder("x,times,y\n");
    for (var i = 0; i < 80; i++) {
      var x = (i / 2 - 20) / 10.0;
      text.append(x).append(',').append(i % 2 == 0 ? "2" : weightOfSecond);
      text.append(',').append(i % 2 == 0 ? x : -x).append('\n');
    }
    return text.toString();
  }

  private Path file() {
    return folder.resolve("rows.csv");
  }

  private Path run() {
    return folder.resolve("run");
  }

  private Map<?, ?> train(String... arguments) {
    var all = new ArrayList<>(List.of("train", file().toString(), "--target", "y"));
    all.addAll(List.of("--model", "linear", "--optimizer", "sgd(0.05)", "--epochs", "60"));
    all.addAll(List.of("--out", run().toString(), "--quiet", "--format", "json"));
    all.addAll(List.of(arguments));
    return json(all.toArray(String[]::new));
  }

  private static Map<?, ?> json(String... arguments) {
    var outcome = Outcome.of(arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    return (Map<?, ?>) Objects.requireNonNull(Json.parse(outcome.out().strip()));
  }

  private double predicted(double x) throws IOException {
    var input = Files.writeString(folder.resolve("new.csv"), "x\n" + x + "\n0.5\n");
    var outcome = Outcome.of("predict", run().toString(), "--input", input.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    return Double.parseDouble(outcome.out().lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void rowsCountAsTheColumnSaysAndItIsNoFeature() throws IOException {
    var weighted = train("--weight", "times");
    assertThat(weighted.get("weight")).isEqualTo("times");
    assertThat(weighted.get("parameters")).isEqualTo(2L);
    assertThat(predicted(1)).isBetween(0.9, 1.1);
    assertThat(Files.readString(run().resolve("config.yaml"))).contains("\nweight: \"times\"\n");
    assertThat(Files.readString(run().resolve("model.json"))).contains("\"weight\":\"times\"");
    // Its own test part and another file are evaluated with all rows counting alike: on half of
    // them, the model is wrong.
    assertThat((Double) json("evaluate", run().toString(), "--format", "json").get("loss"))
        .isGreaterThan(0.5);
    var other = Files.writeString(folder.resolve("other.csv"), "y,x\n1.5,1.5\n-0.5,-0.5\n");
    var without =
        json("evaluate", run().toString(), "--data", other.toString(), "--format", "json");
    assertThat((Double) without.get("loss")).isLessThan(0.01);
    var again =
        json(
            "train",
            "--config",
            run() + "/config.yaml",
            "--out",
            run().toString(),
            "--quiet",
            "--format",
            "json");
    assertThat(again.get("weights_sha256")).isEqualTo(weighted.get("weights_sha256"));
    // Where all count alike, both lines pull.
    train("--ignore", "times");
    assertThat(predicted(1)).isBetween(-0.5, 0.5);
  }

  @Test
  void aRowOfWeightZeroIsAsIfItWereNotThere() throws IOException {
    // In none of them: the scaling, the categories, the division, the scores.
    var header = "x,kind,times,y\n";
    var with = new StringBuilder(header);
    var without = new StringBuilder(header);
    for (var i = 0; i < 40; i++) {
      var row = i + "," + "ab".charAt(i % 2) + ",1," + (2 * i + i % 2) + ".5\n";
      with.append(row).append(i * 1000).append(",c,0,-1e6\n");
      without.append(row);
    }
    Files.writeString(file(), without);
    var expected = train("--weight", "times");
    Files.writeString(file(), with);
    var found = train("--weight", "times");
    for (var same : List.of("weights_sha256", "test_rows", "test_r2", "target_mean")) {
      assertThat(found.get(same)).as(same).isNotNull().isEqualTo(expected.get(same));
    }
    var evaluated =
        json("evaluate", run().toString(), file().toString(), "--quiet", "--format", "json");
    assertThat(evaluated.get("rows")).isEqualTo(40L);
  }

  @Test
  void aRowOfWeightZeroSetsNoScale() throws IOException {
    var text = new StringBuilder("x,times,y\n");
    for (var i = 0; i < 40; i++) {
      text.append(i % 2).append(",1,").append(i % 2).append(".0\n");
    }
    Files.writeString(file(), text.append("1e9,0,0\n"));
    train("--weight", "times", "--task", "regression");
    assertThat(predicted(0)).isCloseTo(0, within(0.01));
    assertThat(predicted(1)).isCloseTo(1, within(0.01));
  }

  private static double meanR2(Map<?, ?> json) {
    var metrics = (Map<?, ?>) Objects.requireNonNull(json.get("cross_validation"));
    var r2 = (Map<?, ?>) Objects.requireNonNull(metrics.get("r2"));
    return (Double) Objects.requireNonNull(r2.get("mean"));
  }

  @Test
  void foldsAndGridsCountSoTooAndAreJudgedByAllRowsAlike() throws IOException {
    // What is learned of one line is wrong on the other, and R² far below 0.
    assertThat(meanR2(train("--weight", "times", "--folds", "2"))).isLessThan(-0.5);
    assertThat(meanR2(train("--ignore", "times", "--folds", "2"))).isGreaterThan(-0.5);
    var searched = train("--weight", "times", "--grid", "lr=0.05,0.04", "--folds", "2");
    assertThat(predicted(1)).isBetween(0.9, 1.1);
    var points = (List<?>) Objects.requireNonNull(searched.get("grid"));
    assertThat(points)
        .hasSize(2)
        .allSatisfy(
            point -> assertThat((Double) ((Map<?, ?>) point).get("score")).isLessThan(-0.5));
  }

  @Test
  void theTextSaysWhichColumnItIs() {
    var outcome =
        Outcome.of(
            "train",
            file().toString(),
            "--target",
            "y",
            "--weight",
            "times",
            "--epochs",
            "1",
            "--out",
            run().toString(),
            "--quiet");
    assertThat(outcome.out()).contains("\nweights  times  how much a row counts\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          -1 => line 5, column 2 ('times'): expected the weight of the row, a number of at least 0, found '-1'
          NA => line 5, column 2 ('times'): expected the weight of the row, found none
          """)
  void aRowWithoutAWeightIsRefused(String field, String sentence) throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(file()));
    lines.set(4, "1.5," + field + ",1.5");
    Files.write(file(), lines);
    var outcome =
        Outcome.of(
            "train",
            file().toString(),
            "--target",
            "y",
            "--weight",
            "times",
            "--out",
            run().toString());
    assertThat(outcome.err()).isEqualTo("thalweg: " + file() + ", " + sentence + "\n");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(run()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      maxCharsPerColumn = 1000,
      textBlock =
          """
          --weight tims => --weight: FILE: unknown column 'tims' (did you mean 'times'?); known: x, times, y
          --weight y => --weight: FILE: column 'y' cannot both be the weight of rows and be predicted
          --weight times --ignore times => --weight: FILE: column 'times' cannot both be the weight of rows and be ignored
          --weight times --categorical times => --weight: FILE: column 'times' cannot both be the weight of rows and hold categories
          --ignore y => --ignore: FILE: column 'y' cannot be both ignored and predicted
          """)
  void aColumnThatIsNotThereOrForSomethingElseIsAMistakeOfTheCommand(
      String options, String sentence) {
    var all = new ArrayList<>(List.of("train", file().toString(), "--target", "y"));
    all.addAll(List.of(options.split(" ")));
    all.addAll(List.of("--out", run().toString()));
    var outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome.err())
        .isEqualTo("thalweg: " + sentence.replace("FILE", file().toString()) + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(run()).doesNotExist();
  }

  @Test
  void dataSetsByNameHaveNone() {
    var outcome = Outcome.of("train", "iris", "--weight", "w", "--out", run().toString());
    assertThat(outcome.err())
        .isEqualTo("thalweg: --weight: is for a file, and iris is a data set by name\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
