package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `predict --output FILE`.
class PredictOutputTest {

  private static final String ROWS =
      "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm\n5,3,1,0.2\n";

  @TempDir Path folder;

  @BeforeEach
  void writeRows() throws IOException {
    Files.writeString(input(), ROWS);
  }

  private Path input() {
    return folder.resolve("f.csv");
  }

  private String run() {
    return folder.resolve("run").toString();
  }

  private Outcome predict(Path output) {
    return Outcome.of(
        "predict", run(), "--input", input().toString(), "--output", output.toString());
  }

  private void train() {
    var outcome = Outcome.of("train", "iris", "--epochs", "1", "--quiet", "--out", run());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  @Test
  void theInputIsNotReplaced() throws IOException {
    var folderAgain = folder.resolve("run/..");
    train();
    var link = Files.createSymbolicLink(folder.resolve("link.csv"), input());
    for (var output : new Path[] {input(), folderAgain.resolve("f.csv"), link}) {
      assertThat(predict(output))
          .isEqualTo(
              new Outcome(
                  2,
                  "",
                  "thalweg: --output %s: expected another file than --input, which it would replace\n"
                      .formatted(output)));
    }
    assertThat(input()).hasContent(ROWS);
  }

  @Test
  void oneRowIsOneRow() throws IOException {
    train();
    var output = folder.resolve("out.csv");
    assertThat(predict(output).out()).isEqualTo("1 row predicted, see " + output + "\n");
    Files.writeString(input(), ROWS + "6,3,4,1\n");
    assertThat(predict(output).out()).isEqualTo("2 rows predicted, see " + output + "\n");
  }

  @Test
  void thatIsSaidBeforeAnythingIsRead() {
    assertThat(predict(input()).exitCode()).as("without a run").isEqualTo(2);
  }

  @Test
  void anotherFileIsReplaced() throws IOException {
    train();
    var output = Files.writeString(folder.resolve("out.csv"), "old");
    assertThat(predict(output).exitCode()).isZero();
    assertThat(output).content().startsWith("prediction,probability\nvirginica,0.");
    Files.delete(input());
    assertThat(predict(output).err()).isEqualTo("thalweg: " + input() + ": no such file\n");
  }

  private Outcome predicted(String... options) {
    var words = new ArrayList<>(List.of("predict", run(), input().toString()));
    words.addAll(List.of(options));
    return Outcome.of(words.toArray(String[]::new));
  }

  @Test
  void columnsAreKeptAsTheyAreAndProbabilitiesAreThereOnRequest() throws IOException {
    train();
    Files.writeString(
        input(),
        """
        id,"last, first",sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm
        007,"Gray, Asa",5,3,1,0.2
        9007199254740993,,6,3,4,1
        """);
    var lines = predicted("--keep", "id,\"last, first\"").out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("id,\"last, first\",prediction,probability");
    assertThat(lines.get(1)).startsWith("007,\"Gray, Asa\",virginica,0.");
    assertThat(lines.get(2)).startsWith("9007199254740993,,");
    var all = predicted("--probabilities", "--keep", "id").out().lines().toList();
    assertThat(all.get(0)).isEqualTo("id,prediction,setosa,versicolor,virginica");
    var cells = all.get(1).split(",", -1);
    assertThat(cells).hasSize(5);
    assertThat(
            Double.parseDouble(cells[2])
                + Double.parseDouble(cells[3])
                + Double.parseDouble(cells[4]))
        .isCloseTo(1, within(1e-6));
    // The probability that stands alone is that of the class that is predicted.
    assertThat(lines.get(1)).endsWith(",virginica," + cells[4]);
    assertThat(predicted("--keep", "id", "--format", "json").out())
        .contains("\"id\":\"007\",\"prediction\":\"virginica\",\"probability\":");
  }

  @Test
  void whatCannotBeKeptGetsASentence() throws IOException {
    train();
    assertThat(predicted("--keep", "sepal_lenth_cm").err())
        .startsWith(
            "thalweg: --keep: %s: unknown column 'sepal_lenth_cm' (did you mean 'sepal_length_cm'?)"
                .formatted(input()));
    assertThat(predicted("--keep", "prediction").err())
        .isEqualTo(
            "thalweg: --keep prediction: the predictions have a column of that name already\n");
  }
}
