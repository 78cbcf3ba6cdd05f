package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A pipe in the place of a file of a run: nobody writes to it, and no command waits for it.
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs mkfifo")
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipesInRunsTest {

  @TempDir Path folder;

  private Path run() {
    return folder.resolve("run");
  }

  private Path whole() {
    return folder.resolve("whole");
  }

  private Path rows() {
    return folder.resolve("rows.csv");
  }

  @BeforeEach
  void train() throws IOException {
    Files.writeString(
        rows(), "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm\n5.1,3.5,1.4,0.2\n");
    var training =
        Outcome.of(
            "train",
            "iris",
            "--model",
            "mlp(4)",
            "--epochs",
            "2",
            "--checkpoint-every",
            "4",
            "--quiet",
            "--out",
            whole().toString());
    assertThat(training.err()).isEmpty();
  }

  /// Puts the run there anew, whatever the command before has left.
  private void copy() throws IOException {
    if (Files.exists(run())) {
      try (Stream<Path> all = Files.walk(run())) {
        for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    try (Stream<Path> all = Files.walk(whole())) {
      for (var each : all.toList()) {
        Files.copy(each, run().resolve(whole().relativize(each).toString()));
      }
    }
  }

  private static void replaceByPipe(Path file) throws Exception {
    Files.deleteIfExists(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
  }

  private List<List<String>> commands() {
    var run = run().toString();
    return List.of(
        List.of("evaluate", run),
        List.of("predict", run, rows().toString()),
        List.of("runs", folder.toString()),
        List.of("report", run, "--out", folder.resolve("r.html").toString()),
        List.of("explain", run, "--row", "1"),
        List.of("average", run, whole().toString(), "--out", folder.resolve("mean").toString()),
        List.of("resume", run, "--epochs", "3"),
        List.of("fine-tune", run, "iris", "--out", folder.resolve("tuned").toString()),
        List.of("train", "iris", "--epochs", "1", "--out", run));
  }

  @Test
  void noCommandWaits() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(whole())) {
      files =
          all.filter(Files::isRegularFile)
              .map(file -> run().resolve(whole().relativize(file).toString()))
              .toList();
    }
    assertThat(files).hasSizeGreaterThan(6);
    for (var file : files) {
      for (var command : commands()) {
        copy();
        replaceByPipe(file);
        var outcome = Outcome.of(command.toArray(String[]::new));
        assertThat(outcome.err())
            .as("%s with a pipe as %s", command, file)
            .doesNotContain("mistake", "Exception");
        assertThat(outcome.err().lines().count()).isLessThan(4);
      }
    }
  }
}
