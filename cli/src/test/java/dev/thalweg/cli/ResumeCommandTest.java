package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training that was killed goes on, and what is in a folder is listed. What a signal does is in
/// `LauncherTest`.
class ResumeCommandTest {

  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void train() {
    run = folder.resolve("iris-2");
    train(run, "--epochs", "6", "--checkpoint-every", "5", "--grid", "lr=0.02,0.01");
  }

  private static void train(Path out, String... more) {
    var arguments =
        new ArrayList<>(List.of("train", "iris", "--model", "mlp(8)", "--lr", "0.01", "--quiet"));
    arguments.addAll(List.of("--validation", "0.2", "--out", out.toString()));
    arguments.addAll(List.of(more));
    assertThat(Outcome.of(arguments.toArray(String[]::new)).err()).isEmpty();
  }

  private List<String> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("step-"))
          .sorted()
          .toList();
    }
  }

  /// As if the process had been killed after step 20 of 24.
  private void kill() throws IOException {
    Files.delete(run.resolve("model.json"));
    Files.delete(run.resolve("weights.safetensors"));
    Files.delete(run.resolve("checkpoints/step-000000024.safetensors"));
  }

  @Test
  void whatWasKilledEndsWithTheSameBytes() throws IOException {
    assertThat(checkpoints())
        .containsExactly("step-000000020.safetensors", "step-000000024.safetensors");
    var weights = Files.readAllBytes(run.resolve("weights.safetensors"));
    var model = Files.readAllBytes(run.resolve("model.json"));
    var config = Files.readAllBytes(run.resolve("config.yaml"));
    kill();
    var outcome = Outcome.of("resume", run.toString(), "--format", "json");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("thalweg: goes on after step 20, in epoch 6 of 6\n");
    assertThat(Json.parse(outcome.out()))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("run", run.toString())
        .containsEntry("epochs", 6L)
        .containsEntry("steps", 24L);
    assertThat(run.resolve("weights.safetensors")).hasBinaryContent(weights);
    assertThat(run.resolve("model.json")).hasBinaryContent(model);
    assertThat(run.resolve("config.yaml")).hasBinaryContent(config);
  }

  @Test
  void moreEpochsGoOnAsIfSoManyHadBeenAskedFor() {
    var whole = folder.resolve("whole");
    train(whole, "--epochs", "9", "--grid", "lr=0.02,0.01");
    assertThat(Outcome.of("resume", run.toString(), "--epochs", "9", "--quiet").exitCode())
        .isZero();
    assertThat(run.resolve("weights.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("weights.safetensors"));
  }

  @Test
  void runsAreListedFinishedOrNot() throws IOException {
    train(folder.resolve("iris-10"), "--epochs", "2");
    kill();
    Files.createDirectories(folder.resolve("no run"));
    Files.createDirectories(folder.resolve("broken"));
    Files.writeString(folder.resolve("broken/model.json"), "{}");
    var outcome = Outcome.of("runs", folder.toString(), "--format", "json");
    assertThat(outcome.exitCode()).isZero();
    var entries = (List<?>) Objects.requireNonNull(Json.parse(outcome.out()));
    assertThat(entries).hasSize(3);
    assertThat(text(entries.get(0), "state")).contains("config.yaml");
    assertThat(text(entries.get(1), "run")).isEqualTo(run.toString());
    assertThat(text(entries.get(1), "data")).isEqualTo("iris");
    assertThat(text(entries.get(1), "model")).isEqualTo("mlp(8)");
    assertThat(text(entries.get(1), "state")).isEqualTo("stopped in epoch 6 of 6");
    assertThat(text(entries.get(2), "state")).isEqualTo("done");
    assertThat(text(entries.get(2), "score")).startsWith("0.");
    assertThat(text(entries.get(2), "bytes")).matches("[0-9]{4}");
    assertThat(Outcome.of("runs", folder.toString()).out())
        .containsPattern("iris-2 +iris +mlp\\(8\\) +[01]\\.[0-9]{4} +[0-9.]+ kB +stopped in epoch")
        .containsPattern("iris-10 +iris +mlp\\(8\\) +[01]\\.[0-9]{4} +[0-9.]+ kB +done");
  }

  @Test
  void aTrainingThatWritesNowIsListedAsRunning() throws IOException {
    kill();
    assertThat(Outcome.of("runs", folder.toString()).out()).contains("stopped in epoch");
    try (var channel =
            FileChannel.open(run.resolve("checkpoints/.lock"), StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      assertThat(Outcome.of("runs", folder.toString()).out()).containsPattern("running\\n");
    }
  }

  /// A new run in the place of one that is done takes its checkpoints away, too; one that waits to
  /// go on is not replaced.
  @Test
  void checkpointsOfAnotherRunAreNeitherKeptNorLost() throws IOException {
    kill();
    var again = Outcome.of("train", "iris", "--epochs", "1", "--out", run.toString(), "--quiet");
    assertThat(again)
        .isEqualTo(
            new Outcome(
                1,
                "",
                "thalweg: %s: holds a training that is not over; 'thalweg resume %s' goes on with it, another --out leaves it there\n"
                    .formatted(run, run)));
    assertThat(checkpoints()).containsExactly("step-000000020.safetensors");
    assertThat(Outcome.of("resume", run.toString(), "--quiet").exitCode()).isZero();
    assertThat(checkpoints()).contains("step-000000024.safetensors");
    train(run, "--epochs", "1");
    assertThat(run.resolve("checkpoints")).doesNotExist();
    assertThat(Outcome.of("resume", run.toString()).err()).contains("holds no checkpoint");
  }

  private static String text(Object entry, String name) {
    return String.valueOf(((Map<?, ?>) entry).get(name));
  }

  @Test
  void whatCannotGoOnIsSaidInASentence() throws IOException {
    var nothing = folder.resolve("nothing");
    assertThat(Outcome.of("resume", nothing.toString()).err())
        .isEqualTo("thalweg: " + nothing + ": no such run folder\n");
    Files.createDirectories(nothing);
    assertThat(Outcome.of("resume", nothing.toString()))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "thalweg: "
                    + nothing
                    + ": holds no checkpoint to go on from; 'thalweg train --checkpoint-every 30s'"
                    + " and an interrupt leave one\n"));
    assertThat(Outcome.of("resume", run.toString(), "--epochs", "3").err())
        .contains("expected at least the 6 epochs that are over, found 3");
    assertThat(Outcome.of("resume").exitCode()).isEqualTo(2);
    assertThat(Outcome.of("train", "--checkpoint-every", "30 s").err())
        .isEqualTo(
            "thalweg: --checkpoint-every 30 s: expected a number of steps, or a time such as 30s,"
                + " 5m or 1h\n");
    assertThat(Outcome.of("runs", folder.resolve("none").toString()).exitCode()).isEqualTo(1);
  }

  /// What is not over is told from what is no run.
  @Test
  void aTrainingThatIsNotOverIsNoModelYet() throws IOException {
    kill();
    var expected =
        "thalweg: %s: holds checkpoints of a training that is not over, model.json is missing\n"
            .formatted(run);
    assertThat(Outcome.of("evaluate", run.toString())).isEqualTo(new Outcome(1, "", expected));
    assertThat(Outcome.of("report", run.toString()).err()).isEqualTo(expected);
    var out = folder.resolve("mean").toString();
    assertThat(Outcome.of("average", run.toString(), run + "-b", "--out", out).err())
        .isEqualTo(expected);
    Files.createDirectory(folder.resolve("nothing"));
    assertThat(Outcome.of("evaluate", folder.resolve("nothing").toString()).err())
        .endsWith("nothing: is no run folder, model.json is missing\n");
  }

  @Test
  void aFileThatHasChangedIsNotGoneOnWith() throws IOException {
    var file = folder.resolve("rows.csv");
    var rows = new StringBuilder("x,y\n");
    for (var i = 0; i < 60; i++) {
      rows.append(i % 7).append(',').append(i % 7 * 2.5 + i % 3).append('\n');
    }
    Files.writeString(file, rows);
    var out = folder.resolve("rows-1");
    assertThat(
            Outcome.of(
                    "train",
                    file.toString(),
                    "--target",
                    "y",
                    "--epochs",
                    "3",
                    "--quiet",
                    "--checkpoint-every",
                    "1",
                    "--out",
                    out.toString())
                .exitCode())
        .isZero();
    Files.writeString(file, rows.append("3,9\n"));
    var outcome = Outcome.of("resume", out.toString(), "--epochs", "5");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("rows.csv is not the file that the run was trained on: its SHA-256 is ");
  }
}
