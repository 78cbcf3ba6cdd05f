package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `train --grid`.
class GridTest {

  private static final TrainTexts BASE =
      new TrainTexts("mlp(8)", "softmax_cross_entropy", "clip_norm(1) | sgd(0.1)", 3, 32);

  @TempDir Path folder;

  private Outcome train(String... arguments) {
    var all =
        new ArrayList<>(
            List.of("train", "iris", "--epochs", "2", "--quiet", "--out", folder + "/run"));
    all.addAll(Arrays.asList(arguments));
    return Outcome.of(all.toArray(String[]::new));
  }

  @Test
  void everyValueIsTriedWithEveryOther() {
    var points = Grid.parse(List.of("dropout=0,0.3", "lr=cosine(0.1, warmup=2),0.01")).points(BASE);
    assertThat(points)
        .extracting(point -> point.texts().model() + " " + point.texts().optimizer())
        .containsExactly(
            "mlp(8, dropout=0) clip_norm(1) | sgd(cosine(0.1, warmup=2))",
            "mlp(8, dropout=0) clip_norm(1) | sgd(0.01)",
            "mlp(8, dropout=0.3) clip_norm(1) | sgd(cosine(0.1, warmup=2))",
            "mlp(8, dropout=0.3) clip_norm(1) | sgd(0.01)");
  }

  @Test
  void anArgumentGoesIntoTheTextThatTheGridGives() {
    var grid =
        Grid.parse(
            List.of("momentum=0.5,0.9", "optimizer=momentum(0.1),nesterov(lr=0.1, momentum=0)"));
    assertThat(grid.points(BASE))
        .extracting(point -> point.texts().optimizer())
        .containsExactly(
            "momentum(0.1, momentum=0.5)",
            "momentum(0.1, momentum=0.9)",
            "nesterov(lr=0.1, momentum=0.5)",
            "nesterov(lr=0.1, momentum=0.9)");
  }

  @Test
  void theBestIsTrainedAndTheTableIsSorted() {
    var outcome =
        train("--grid", "lr=0.00001,0.05", "--folds", "3", "--seeds", "2", "--format", "json");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    var json = (Map<?, ?>) Objects.requireNonNull(Json.parse(outcome.out().strip()));
    assertThat(json.get("optimizer")).isEqualTo("adamw(lr=0.05)");
    assertThat(json.get("train_rows")).isEqualTo(120L);
    assertThat(json.get("grid"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(2)
        .first()
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("point", Map.of("lr", "0.05"))
        .containsEntry("diverged", false)
        .containsKeys("score", "spread", "scores", "loss");
    // The same as if it had been typed.
    var typed =
        Outcome.of(
            "train",
            "iris",
            "--epochs",
            "2",
            "--quiet",
            "--out",
            folder + "/typed",
            "--optimizer",
            "adamw(lr=0.05)",
            "--format",
            "json");
    var other = (Map<?, ?>) Objects.requireNonNull(Json.parse(typed.out().strip()));
    assertThat(json.get("weights_sha256")).isEqualTo(other.get("weights_sha256"));
  }

  @Test
  void theTextHasALineForEachPoint() {
    var outcome = train("--grid", "batch=8,64", "--grid", "lr=0.01,1e30", "--validation", "0.2");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("batch  lr")
        .contains("diverged", "judged on a validation part of 0.25 of the rows to train on")
        .contains("\ntest accuracy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          --grid dropuot=0,0.3 => --grid dropuot: unknown key 'dropuot' (did you mean 'dropout'?)
          --grid lr => --grid lr: expected values of a key, such as lr=0.1,0.01
          --grid lr=0.1, => --grid lr=0.1,: expected values of a key, such as lr=0.1,0.01
          --grid epochs=1,many => --grid epochs=many: expected a whole number of at least 1
          --grid model=mlp(8),mlb(8) => unknown model 'mlb'
          --seeds 3 => --seeds 3: is about the points of a --grid, and there is none
          --grid lr=0.1 --folds 3 --validation 0.2 => --folds 3: expected one of --folds and --validation
          """)
  void aGridThatMeansNothingIsRefused(String arguments, String sentence) {
    var outcome = train(arguments.split(" ", -1));
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(sentence);
    assertThat(folder).isEmptyDirectory();
  }
}
