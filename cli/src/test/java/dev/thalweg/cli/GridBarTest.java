package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.train.GridSearch.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class GridBarTest {

  private static final long SECOND = 1_000_000_000;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private long now = 7 * SECOND;

  private GridBar bar(Screen screen) {
    var to = new PrintStream(written, false, UTF_8);
    return new GridBar(to, screen, () -> now, new Progress(0, 20, 0, 4, Double.NaN));
  }

  private String text() {
    return written.toString(UTF_8);
  }

  @Test
  void aTerminalShowsThePointFromTheBeginningAndTheBestSoFar() {
    try (var bar = bar(new Screen(true, 80, false))) {
      now += SECOND;
      bar.update(new Progress(5, 20, 1, 4, 0.875));
      now += SECOND;
      bar.update(new Progress(20, 20, 4, 4, 0.9));
    }
    var lines = text().split("\r", -1);
    assertThat(lines[1]).startsWith("point 1/4  ───").contains("  0/20 trainings  best -  ");
    assertThat(lines[2])
        .isEqualTo(
            "point 2/4  ━━━━━━━─────────────────────  5/20 trainings  best 0.8750  0:03 left");
    assertThat(lines[3]).startsWith("point 4/4  ━━━").contains("20/20 trainings  best 0.9000");
    assertThat(text()).endsWith("left\n");
  }

  @Test
  void aFileGetsAPlainLineAtMostOnceASecond() {
    try (var bar = bar(Screen.NONE)) {
      for (var done = 1; done <= 15; done++) {
        now += SECOND / 10;
        bar.update(new Progress(done, 20, done / 5, 4, 0.5));
      }
    }
    assertThat(text()).isEqualTo("point 3/4  10/20 trainings  best 0.5000  0:01 left\n");
  }
}
