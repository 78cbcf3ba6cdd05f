package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private static final long SECOND = 1_000_000_000;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private long now = 5 * SECOND;

  @Test
  void aFileGetsAPlainLineAtMostOnceASecond() {
    try (var bar = bar(Screen.NONE)) {
      for (var i = 1; i <= 25; i++) {
        now += SECOND / 10;
        bar.update(1, i * 10L, 0.5);
      }
    }
    assertThat(text())
        .isEqualTo(
            """
            epoch 1/2  100 samples/s  loss 0.5000  0:19 left
            epoch 1/2  100 samples/s  loss 0.5000  0:18 left
            """);
  }

  @Test
  void aTerminalGetsOneLineThatIsDrawnAgainAndStays() {
    try (var bar = bar(new Screen(true, 80, false))) {
      now += SECOND;
      bar.update(1, 500, 2.25);
      now += SECOND / 100;
      bar.update(1, 510, 9);
      now += SECOND;
      bar.update(2, 1000, 0.125);
    }
    var lines = text().split("\r", -1);
    assertThat(lines[1])
        .isEqualTo(
            "epoch 1/2  ━━━━━━━━──────────────────────  500 samples/s  loss 2.250  0:03 left");
    assertThat(lines[2].stripTrailing()).isEqualTo(lines[3].stripTrailing());
    assertThat(lines).hasSize(4);
    assertThat(text()).endsWith("0:00 left\n").doesNotContain("\u001b");
  }

  @Test
  void whatWasDoneBeforeATrainingGoesOnIsNoPartOfItsRate() {
    try (var bar = bar(Screen.NONE)) {
      bar.goOn(2, 400);
      now += SECOND;
      bar.update(2, 500, 0.5);
    }
    assertThat(text()).isEqualTo("epoch 2/2  100 samples/s  loss 0.5000  0:05 left\n");
  }

  @Test
  void noLineIsWiderThanTheScreen() {
    for (var columns = 1; columns < 120; columns++) {
      written.reset();
      try (var bar = bar(new Screen(true, columns, false))) {
        now += SECOND;
        bar.update(1, 500, 2.25);
      }
      for (var line : text().strip().split("\r", -1)) {
        assertThat(line.length()).as("%d columns", columns).isLessThanOrEqualTo(columns);
      }
    }
  }

  @Test
  void coloursAreUsedWhereTheyAreWanted() {
    try (var bar = bar(new Screen(true, 80, true))) {
      now += SECOND;
      bar.update(1, 500, Double.NaN);
    }
    assertThat(text()).contains("\u001b[32m━").contains("\u001b[0m  ").contains("loss -");
  }

  @Test
  void nothingIsWrittenWhereNothingWasDone() {
    bar(new Screen(true, 80, true)).close();
    bar(Screen.NONE).close();
    assertThat(text()).isEmpty();
  }

  private ProgressBar bar(Screen screen) {
    var to = new PrintStream(written, false, UTF_8);
    return new ProgressBar(to, screen, () -> now, 2, 1000, "samples");
  }

  private String text() {
    return written.toString(UTF_8);
  }
}
