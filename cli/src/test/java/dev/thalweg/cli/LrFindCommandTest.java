package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LrFindCommandTest {

  @Test
  void suggestsARateAndShowsWhatWasTried(@TempDir Path folder) throws Exception {
    var picture = folder.resolve("lr.png");
    var text = Outcome.of("lr-find", "digits", "--steps", "60", "--plot", picture.toString());
    assertThat(text.err()).isEmpty();
    assertThat(text.out())
        .containsPattern("model +mlp\\(128\\)\n")
        .containsPattern("tried +[0-9]+ rates from 1.0e-06 to ")
        .containsPattern("suggestion +--lr 0\\.[0-9]+\n");
    assertThat(Files.size(picture)).isGreaterThan(10_000);
    var json = Outcome.of("lr-find", "digits", "--steps", "60", "--format", "json").out();
    var found = (Map<?, ?>) Objects.requireNonNull(Json.parse(json));
    assertThat((Double) found.get("suggestion")).isBetween(1e-4, 0.1);
    assertThat((List<?>) found.get("rates"))
        .hasSameSizeAs((List<?>) found.get("losses"))
        .hasSizeGreaterThan(20);
  }

  @Test
  void whatCannotBeTriedIsSaidInASentence() {
    assertThat(Outcome.of("lr-find", "iris", "--from", "1", "--to", "0.5").exitCode()).isEqualTo(2);
    assertThat(Outcome.of("lr-find", "iris", "--from", "0").err())
        .isEqualTo("thalweg: --from 0: expected a number above 0\n");
    assertThat(Outcome.of("lr-find", "iris", "--optimizer", "rule('p -= 0.1 * g')").err())
        .startsWith("thalweg: range test: expected an optimizer with a learning rate, found rule(");
    assertThat(
            Outcome.of("lr-find", "iris", "--optimizer", "sgd", "--from", "1e30", "--to", "1e31"))
        .extracting(Outcome::exitCode)
        .isEqualTo(1);
  }

  /// What would be read over in silence is refused.
  @ParameterizedTest
  @CsvSource({
    "lr,0.1",
    "epochs,3",
    "patience,2",
    "folds,3",
    "checkpoint-every,5",
    "positive,a",
    "threshold,0.5"
  })
  void whatHasNoEffectIsRefused(String option, String value) {
    assertThat(Outcome.of("lr-find", "iris", "--" + option, value))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "thalweg: --"
                    + option
                    + ": has no effect here: lr-find takes a step at each of the --steps rates"
                    + " between --from and --to\n"));
    assertThat(Outcome.of("lr-find", "iris", "--calibrate").exitCode()).isEqualTo(2);
  }

  @Test
  void aFolderIsForWhatLiesInOne(@TempDir Path folder) {
    for (var command : List.of("lr-find", "train")) {
      assertThat(Outcome.of(command, "iris", "--folder", folder.toString()).err())
          .startsWith("thalweg: --folder: is for cifar-10, ")
          .endsWith(", and iris is part of the library\n");
      assertThat(Outcome.of(command, "x.csv", "--target", "y", "--folder", folder.toString()).err())
          .endsWith(", and x.csv is a path by itself\n");
    }
    assertThat(folder).isEmptyDirectory();
  }
}
