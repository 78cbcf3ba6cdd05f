package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(output).content().startsWith("prediction,setosa,versicolor,virginica\n");
    Files.delete(input());
    assertThat(predict(output).err()).isEqualTo("thalweg: " + input() + ": no such file\n");
  }
}
