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
    assertThat(Outcome.of("lr-find", "digits-scene"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "thalweg: lr-find: expected rows with one answer each, found digits-scene\n"));
    assertThat(Outcome.of("lr-find", "moby-dick"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "thalweg: lr-find: expected rows with one answer each, found a text, moby-dick\n"));
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
}
