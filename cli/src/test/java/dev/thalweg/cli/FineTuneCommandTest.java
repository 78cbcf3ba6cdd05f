package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.Datasets;
import dev.thalweg.formats.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuneCommandTest {

  @TempDir Path folder;
  private String first = "";

  @BeforeEach
  void train() {
    first = folder.resolve("first").toString();
    ran("train", "iris", "--model", "mlp(8)", "--epochs", "2", "--quiet", "--out", first);
  }

  private static Outcome ran(String... arguments) {
    var outcome = Outcome.of(arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }

  private static float[] weights(String run, String name) {
    return Safetensors.read(Path.of(run, "weights.safetensors")).array(name).floats();
  }

  /// Rows with the features of iris and two other classes.
  private String twoClasses() throws Exception {
    var lines = new ArrayList<String>();
    lines.add(String.join(",", Datasets.named("iris").featureNames()) + ",kind");
    for (var i = 0; i < 60; i++) {
      lines.add(
          "%s,%s,%s,%s,%s"
              .formatted(
                  5 + i % 7 * 0.1,
                  3 + i % 5 * 0.1,
                  1.4 + i % 2 * 3,
                  0.2 + i % 2,
                  i % 2 == 0 ? "small" : "large"));
    }
    var file = folder.resolve("kinds.csv");
    Files.write(file, lines);
    return file.toString();
  }

  @Test
  void frozenLayersStayAndTheRunIsRepeatedByItsConfiguration() throws Exception {
    var tuned = folder.resolve("tuned").toString();
    var outcome =
        ran(
            "fine-tune",
            first,
            "--data",
            "iris",
            "--freeze",
            "1",
            "--epochs",
            "3",
            "--quiet",
            "--out",
            tuned,
            "--seed",
            "4");
    assertThat(outcome.err())
        .isEqualTo(
            "thalweg: starts from the weights of another model; new: none; frozen: 1.weight,"
                + " 1.bias\n");
    assertThat(weights(tuned, "1.weight")).isEqualTo(weights(first, "1.weight"));
    assertThat(weights(tuned, "2.weight")).isNotEqualTo(weights(first, "2.weight"));
    var config = Path.of(tuned, "config.yaml");
    assertThat(Files.readString(config)).contains("\nfrom: \"" + first + "\"\nfreeze: [\"1\"]\n");
    var again = folder.resolve("again").toString();
    ran("train", "--config", config.toString(), "--quiet", "--out", again);
    assertThat(weights(again, "2.weight")).isEqualTo(weights(tuned, "2.weight"));
    ran("evaluate", tuned);
    ran("report", tuned, "--quiet");
  }

  @Test
  void otherClassesGetANewHead() throws Exception {
    var tuned = folder.resolve("tuned").toString();
    var outcome =
        ran(
            "fine-tune",
            first,
            twoClasses(),
            "--target",
            "kind",
            "--freeze",
            "1",
            "--epochs",
            "40",
            "--out",
            tuned,
            "--format",
            "json");
    assertThat(outcome.err()).contains("new: 2.weight, 2.bias; frozen: 1.weight");
  }

  /// The target is in another place, and one of the columns that were left out is missing.
  @Test
  void columnsAreThoseOfTheRun() throws Exception {
    var table = folder.resolve("table.csv");
    Files.writeString(table, "id,kind,at,x,y\n" + "1,a,7,1,2\n2,b,8,3,4\n3,a,9,2,2\n".repeat(10));
    var other = folder.resolve("other.csv");
    Files.writeString(other, "x,kind,id,y\n" + "1,a,1,2\n3,b,2,4\n".repeat(10));
    var run = folder.resolve("of-table").toString();
    ran(
        "train",
        table.toString(),
        "--target=kind",
        "--ignore=id,at",
        "--epochs=2",
        "--quiet",
        "--out",
        run);
    var tuned = folder.resolve("tuned").toString();
    ran("fine-tune", run, other.toString(), "--epochs", "1", "--quiet", "--out", tuned);
    assertThat(Files.readString(Path.of(tuned, "config.yaml")))
        .contains("\ntarget: \"kind\"\nignore: [\"id\"]\n");
  }

  @Test
  void whatDoesNotFitIsOneSentence() {
    assertThat(Outcome.of("fine-tune", first))
        .isEqualTo(
            new Outcome(
                2, "", "thalweg: fine-tune: expected --data DATA, what it is trained on now\n"));
    assertThat(Outcome.of("fine-tune", first, "--data", "digits").err())
        .endsWith(
            "thalweg: digits: expected the 4 features of iris, where the weights come from, found"
                + " 64, among them pixel_0_0, pixel_0_1, pixel_0_2, pixel_0_3 and 60 more\n");
    assertThat(Outcome.of("fine-tune", first, "--data", "moby-dick").err())
        .isEqualTo("thalweg: " + first + ": has a model of rows, and the data are a text\n");
    assertThat(Outcome.of("fine-tune", first, "--data", "digits-scene").err())
        .isEqualTo("thalweg: " + first + ": has a model of rows, and the data have boxes\n");
    assertThat(Outcome.of("fine-tune", first, "iris", "--data", "digits").exitCode()).isEqualTo(2);
    assertThat(Outcome.of("train", "iris", "--freeze", "1").err())
        .isEqualTo("thalweg: --freeze: expected --from RUN, whose weights stay as they are\n");
    assertThat(Outcome.of("fine-tune", folder.resolve("none").toString(), "iris").exitCode())
        .isEqualTo(1);
    assertThat(List.of(folder.toFile().list())).containsExactly("first");
  }

  @Test
  void aLanguageModelKeepsItsTokens() throws Exception {
    var one = folder.resolve("one.txt");
    var two = folder.resolve("two.txt");
    Files.writeString(one, "the whale and the sea. ".repeat(60));
    Files.writeString(two, "a sea that was the whale. ".repeat(60).replace("w", "h"));
    var text = folder.resolve("text").toString();
    ran(
        "train",
        one.toString(),
        "--model",
        "lstm(8)",
        "--context",
        "16",
        "--epochs",
        "1",
        "--quiet",
        "--out",
        text);
    var tuned = folder.resolve("tuned").toString();
    ran(
        "fine-tune",
        text,
        "--data",
        two.toString(),
        "--context",
        "16",
        "--epochs",
        "1",
        "--freeze",
        "embedding",
        "--quiet",
        "--out",
        tuned);
    assertThat(weights(tuned, "1.weight")).isEqualTo(weights(text, "1.weight"));
    ran("evaluate", tuned);
  }

  @Test
  void theRunThatIsStartedFromStays() {
    var sentence = "thalweg: --out: %s is the run that is started from\n";
    var same = first + "/../" + Path.of(first).getFileName();
    assertThat(Outcome.of("fine-tune", first, "--data", "iris", "--out", same))
        .isEqualTo(new Outcome(2, "", sentence.formatted(same)));
    assertThat(Outcome.of("train", "iris", "--from", first, "--out", first))
        .isEqualTo(new Outcome(2, "", sentence.formatted(first)));
  }
}
