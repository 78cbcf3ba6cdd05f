package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import dev.thalweg.train.FittedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `--positive`, `--threshold`, `--calibrate`, `--judge`, and what a run keeps of a grid.
class ClassChoiceTest {

  @TempDir Path folder;

  private Outcome train(String... options) {
    var common =
        Stream.of("train", "breast-cancer", "--model", "mlp(16)", "--epochs", "15", "--quiet");
    var out = Stream.of("--out", folder.resolve("run").toString());
    return Outcome.of(
        Stream.of(common, Stream.of(options), out).flatMap(s -> s).toArray(String[]::new));
  }

  private static Map<?, ?> json(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return (Map<?, ?>) Objects.requireNonNull(Json.parse(outcome.out().strip()));
  }

  @Test
  void areSavedAndUsedByEvaluateAndPredict() throws IOException {
    var trained =
        json(
            train(
                "--validation",
                "0.2",
                "--positive",
                "malignant",
                "--threshold",
                "auto",
                "--calibrate",
                "--format",
                "json"));
    assertThat(trained.get("positive")).isEqualTo("malignant");
    var threshold = (double) Objects.requireNonNull(trained.get("threshold"));
    assertThat((double) Objects.requireNonNull(trained.get("validation_f1")))
        .isGreaterThanOrEqualTo(
            (double) Objects.requireNonNull(trained.get("validation_f1_before")));
    assertThat((double) Objects.requireNonNull(trained.get("validation_log_loss")))
        .isLessThanOrEqualTo(
            (double) Objects.requireNonNull(trained.get("validation_log_loss_before")));
    var run = folder.resolve("run");
    var model = FittedModel.load(run);
    assertThat(model.decision().threshold()).hasValue(threshold);
    var evaluated = json(Outcome.of("evaluate", run.toString(), "--format", "json"));
    for (var metric : new String[] {"accuracy", "f1", "pr_auc", "brier", "log_loss"}) {
      assertThat(evaluated.get(metric)).isEqualTo(trained.get("test_" + metric));
    }
    assertThat(run.resolve("config.yaml"))
        .content()
        .contains("positive: \"malignant\"\nthreshold: \"auto\"\ncalibrate: true\n");
    var again =
        json(
            Outcome.of(
                "train",
                "--config",
                run.resolve("config.yaml").toString(),
                "--quiet",
                "--format",
                "json",
                "--out",
                folder.resolve("again").toString()));
    assertThat(again.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
    assertThat(again.get("threshold")).isEqualTo(threshold);
    assertThat(train("--threshold", "0.2").out()).contains("threshold").contains("0.2 for ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train iris --positive setsoa             | --positive: unknown class 'setsoa' (did you mean 'setosa'?); known: setosa, versicolor, virginica
          train iris --threshold 0.3               | --threshold 0.3: expected --positive CLASS with it, as iris has 3 classes
          train iris --threshold 2                 | --threshold 2: expected a probability between 0 and 1, or auto
          train auto-mpg --calibrate               | --calibrate: is for classes, and auto-mpg has numbers to predict
          train breast-cancer --threshold auto     | --threshold auto: is chosen on a validation part, and there is none; --validation 0.2 keeps a fifth of the rows for it
          train breast-cancer --calibrate --grid lr=1,2 | --calibrate: is chosen on a validation part, and the best point of --grid is trained on all rows; train it again with its settings and --validation
          train iris --judge f1                    | --judge f1: is about the points of a --grid, and there is none
          train iris --grid lr=1,2 --judge mae     | --judge: mae is for a regression, and this is a classification; known: accuracy, precision, recall, f1, auc, roc_auc, pr_auc, log_loss, brier, loss
          train iris --grid lr=1,2 --judge f2      | --judge f2: unknown score 'f2' (did you mean 'f1'?); known: accuracy, precision, recall, f1, auc, roc_auc, pr_auc, log_loss, brier, r2, mae, rmse, loss
          """)
  void whatDoesNotFitGetsASentence(String line, String sentence) {
    assertThat(Outcome.of(line.split(" ")))
        .isEqualTo(new Outcome(2, "", "thalweg: " + sentence + "\n"));
  }

  @Test
  void aGridIsJudgedAsAskedAndItsTableIsKept() throws IOException {
    var outcome =
        train("--grid", "lr=0.0001,0.01", "--folds", "2", "--seeds", "2", "--judge", "log_loss");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).containsPattern("lr +log_loss +± over seeds +± over folds +loss\n");
    var run = folder.resolve("run");
    var lines = Files.readAllLines(run.resolve("grid.csv"));
    assertThat(lines.getFirst())
        .isEqualTo(
            "lr,log_loss,spread_over_seeds,spread_over_folds,loss,diverged,seed_0_fold_1,seed_0_fold_2,seed_1_fold_1,seed_1_fold_2");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).startsWith("0.01,0.");
    var cells = Stream.of(lines.get(1).split(",", -1)).toList();
    var mean = cells.subList(6, 10).stream().mapToDouble(Double::parseDouble).average();
    assertThat(Double.parseDouble(cells.get(1)))
        .isCloseTo(mean.orElseThrow(), org.assertj.core.api.Assertions.within(1e-12));
    assertThat(Outcome.of("evaluate", run.toString()).exitCode()).isZero();
    // A run without a grid that takes the place has none.
    assertThat(train().exitCode()).isZero();
    assertThat(run.resolve("grid.csv")).doesNotExist();
  }

  @Test
  void afterPatienceTheBestEpochIsShown() {
    var options = new String[] {"--validation", "0.2", "--patience", "2"};
    var text = train(options).out();
    assertThat(text)
        .containsPattern(
            "best epoch +epoch \\d+ of \\d+, whose weights the model has: validation loss 0\\.\\d+,"
                + " accuracy 0\\.\\d+\n");
    var trained =
        json(
            train(
                Stream.concat(Stream.of(options), Stream.of("--format", "json"))
                    .toArray(String[]::new)));
    assertThat((long) Objects.requireNonNull(trained.get("best_epoch")))
        .isLessThanOrEqualTo((long) Objects.requireNonNull(trained.get("epochs")));
    assertThat(trained.get("validation_loss")).isInstanceOf(Double.class);
    assertThat(trained.get("validation_accuracy")).isInstanceOf(Double.class);
  }
}
