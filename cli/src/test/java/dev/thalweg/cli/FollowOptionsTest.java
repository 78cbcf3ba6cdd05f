package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A training that is followed while it runs.
class FollowOptionsTest {

  @TempDir Path folder;

  private Outcome train(String name, String... more) {
    var arguments =
        new ArrayList<>(
            List.of("train", "iris", "--model", "mlp(4)", "--epochs", "3", "--quiet", "--out"));
    arguments.add(folder.resolve(name).toString());
    arguments.addAll(List.of(more));
    return Outcome.of(arguments.toArray(String[]::new));
  }

  private static String files(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().toString();
    }
  }

  @Test
  void isTheSameTraining() throws IOException {
    assertThat(train("plain").exitCode()).isZero();
    var metrics = folder.resolve("metrics.csv");
    var board = folder.resolve("logs");
    var outcome =
        train("followed", "--metrics", metrics.toString(), "--tensorboard", board.toString());
    assertThat(outcome.err()).isEmpty();
    var weights = "weights.safetensors";
    assertThat(Files.readAllBytes(folder.resolve("followed").resolve(weights)))
        .isEqualTo(Files.readAllBytes(folder.resolve("plain").resolve(weights)));
    assertThat(Files.readAllLines(metrics)).hasSize(1 + 3 * 4 + 3);
    assertThat(files(board)).matches("\\[events.out.tfevents.\\d+.thalweg.0]");
    try (Stream<Path> files = Files.list(board)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isGreaterThan(5000);
    }
    assertThat(files(folder.resolve("followed"))).isEqualTo(files(folder.resolve("plain")));
  }

  @Test
  void itsPageIsSaid() {
    var outcome = train("watched", "--watch");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).matches("thalweg: watch it at http://127.0.0.1:\\d+/[0-9a-f]{32}/\n");
  }

  @Test
  void whatCannotBeWrittenEndsItInASentence() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "x");
    var outcome = train("one", "--tensorboard", file.resolve("logs").toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("thalweg: " + file.resolve("logs")).hasLineCount(1);
    var other = train("two", "--metrics", file.resolve("m.csv").toString());
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err()).contains("m.csv: can't be written").hasLineCount(1);
    assertThat(files(folder)).isEqualTo("[file]");
  }

  @Test
  void aFileWhereAFolderIsMeantIsSaid() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "x");
    var outcome = train("one", "--tensorboard", file.toString());
    assertThat(outcome.err())
        .isEqualTo("thalweg: %1$s: can't be written: %1$s is no folder\n".formatted(file));
  }

  /// A disk that is full later on takes nothing of the training with it.
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full")
  void goesOnWithoutWhatCannotBeWrittenAnyMore() {
    var outcome = train("kept", "--metrics", "/dev/full");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .isEqualTo(
            "thalweg: /dev/full: can't be written: No space left on device; the training goes on"
                + " without it\n");
    assertThat(folder.resolve("kept/model.json")).exists();
  }
}
