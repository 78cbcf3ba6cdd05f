package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/optimizers.md` is what the table of methods says. After a change of the table:
///
/// ```
/// ./mvnw -q -pl cli -am test -Dtest=OptimizerPageTest -Dsurefire.failIfNoSpecifiedTests=false \
///   -Dtest.flags=-Dthalweg.docs.write=true
/// ```
class OptimizerPageTest {

  private static final Path PAGE = Path.of("../docs/optimizers.md");
  private static final Path SCHEDULE =
      Path.of("../optim/src/main/java/dev/thalweg/optim/Schedule.java");

  @Test
  void thePageIsWhatTheTableSays() throws IOException {
    String text = OptimizerPage.text(schedules());
    if (Boolean.getBoolean("thalweg.docs.write")) {
      Files.writeString(PAGE, text);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(text);
  }

  /// The table of the doc comment.
  private static List<String> schedules() throws IOException {
    List<String> rows =
        Files.readString(SCHEDULE)
            .lines()
            .filter(line -> line.startsWith("/// |"))
            .map(line -> line.substring("/// ".length()).replaceAll("\\[(\\w+)]", "`$1`"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(10);
    return rows;
  }
}
