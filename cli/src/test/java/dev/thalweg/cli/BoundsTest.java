package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Work grows with the input, or a sentence names the limit. What is timed here takes a second, and
/// took a hundred times as long as its limit where it grew faster.
class BoundsTest {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void aConfigurationOfMegabytesIsNotRead() throws IOException {
    var file = Files.writeString(folder.resolve("c.yaml"), "model: " + "x".repeat(1_000_000));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> ConfigFile.read(file))
        .withMessageContaining("expected at most 1,000,000 bytes of options, found 1,000,007");
  }

  @Test
  void manyDigitsAreReadOnce() {
    var digits = "1".repeat(1_000_000);
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          assertThat(Values.number(digits + "x")).isNaN();
          assertThat(Values.number("0." + digits)).isEqualTo(1.0 / 9);
        });
  }

  /// Four times the columns are some four times the work of this thread, whatever else the machine
  /// does: where each column was looked for among all, they were more than ten times.
  @Test
  void fourTimesTheColumnsAreSomeFourTimesTheWork() throws IOException {
    learnedAndPredicted(10_000); // for the first time
    var some = learnedAndPredicted(10_000);
    assertThat(learnedAndPredicted(40_000)).isLessThan(8 * some);
  }

  /// Learns from a file of so many columns and predicts it.
  ///
  /// @return nanoseconds that this thread has worked
  private long learnedAndPredicted(int n) throws IOException {
    var text = new StringBuilder();
    for (var i = 0; i < n; i++) {
      text.append('c').append(i).append(',');
    }
    text.append("y\n");
    for (var row = 0; row < 6; row++) {
      for (var i = 0; i < n; i++) {
        text.append((i + row) % 7).append(',');
      }
      text.append(row % 2 == 0 ? "a" : "b").append('\n');
    }
    var file = Files.writeString(folder.resolve("wide.csv"), text).toString();
    var run = folder.resolve("run" + n).toString();
    var train =
        "train " + file + " --target y --model linear --epochs 1 --threads 1 --quiet --out " + run;
    var begin = THREADS.getCurrentThreadCpuTime();
    assertThat(Outcome.of(train.split(" ")).exitCode()).isZero();
    assertThat(Outcome.of("predict", run, "--input", file).exitCode()).isZero();
    var worked = THREADS.getCurrentThreadCpuTime() - begin;
    return worked;
  }
}
