package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import dev.thalweg.formats.Sha256;
import dev.thalweg.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands `train`, `evaluate` and `predict`, in one folder after another.
class TrainCommandTest {

  @TempDir Path folder;

  @Test
  void jsonHasEveryFieldOfTheContractAndTheRunFolderEveryFile() throws IOException {
    var json = train("iris", "--epochs", "3", "--seed", "5", "--threads", "1");
    assertThat(json)
        .containsKeys("test_loss", "test_accuracy", "seconds", "samples_per_second")
        .containsEntry("run", run().toString())
        .containsEntry("data", "iris")
        .containsEntry("model", "mlp(128)")
        .containsEntry("optimizer", "adamw(lr=0.001)")
        .containsEntry("epochs", 3L)
        .containsEntry("steps", 12L)
        .containsEntry("parameters", 4 * 128 + 128 + 128 * 3 + 3L)
        .containsEntry("seed", 5L)
        .containsEntry("threads", 1L)
        .containsEntry("stopped_because", "epochs")
        .containsEntry("weights_sha256", Sha256.of(run().resolve("weights.safetensors")))
        .containsKey("provider");
    try (Stream<Path> files = Files.list(run())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "config.yaml",
              "environment.json",
              "metrics.csv",
              "model.json",
              "weights.safetensors");
    }
    assertThat(run().getParent()).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void theConfigurationIsWhatWasTrained() {
    train(
        "iris",
        "--model",
        "mlp(8, activation=tanh)",
        "--optimizer",
        "momentum(0.1)",
        "--epochs",
        "2",
        "--batch",
        "7",
        "--sampling",
        "replacement",
        "--test",
        "0.25",
        "--validation",
        "0.125",
        "--patience",
        "9",
        "--seed",
        "-3");
    assertThat(RunConfig.read(run().resolve("config.yaml")).options())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("data", "iris"),
                Map.entry("model", "mlp(8, activation=tanh)"),
                Map.entry("loss", "softmax_cross_entropy"),
                Map.entry("optimizer", "momentum(lr=0.1)"),
                Map.entry("epochs", 2),
                Map.entry("batch", 7),
                Map.entry("sampling", "replacement"),
                Map.entry("test", 0.25),
                Map.entry("validation", 0.125),
                Map.entry("patience", 9),
                Map.entry("seed", -3L)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          clip_norm(1) | adamw(lr=cosine(1e-2, warmup=3)) => clip_norm() | adamw(lr=cosine(0.01, warmup=3))
          torch.sgd(lr=0.1, momentum=0.9, nesterov=True) => torch.SGD(lr=0.1, momentum=0.9, nesterov=true)
          keras.Adam(learning_rate=keras.ExponentialDecay(0.01, 100, 0.9)) => keras.Adam(learning_rate=exponential(0.01, rate=0.9, steps=100))
          finite(policy=skip) | optax.adam(0.01, eps_root=1e-6) => finite(policy=skip) | optax.adam(learning_rate=0.01, eps_root=1e-6)
          rule('p -= lr * sign(g)', lr=linear(1e-2, 0)) => rule('p -= lr * sign(g)', lr=linear(0.01, 0))
          """)
  void anyOptimizerTrainsAndKeepsItsTextForm(String text, String printed) {
    assertThat(train("iris", "--epochs", "2", "--optimizer", text))
        .containsEntry("optimizer", printed);
    var config = RunConfig.read(run().resolve("config.yaml"));
    assertThat(config.optimizer()).contains(printed);
    assertThat(Optimizer.parse(printed)).isEqualTo(Optimizer.parse(text)).hasToString(printed);
  }

  @Test
  void oneFormulaUnderThreeNamesGivesTheSameBits() {
    var weights =
        Stream.of(
                "momentum(0.1)",
                "torch.SGD(lr=0.1, momentum=0.9)",
                "rule('v = momentum * v + g; p -= lr * v', lr=0.1, momentum=0.9)")
            .map(text -> train("iris", "--epochs", "2", "--optimizer", text).get("weights_sha256"))
            .distinct();
    assertThat(weights).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.2"})
  void theTrainingLossIsOfTheEpochWhoseWeightsWereKept(String validation) throws IOException {
    var asked = List.of("iris", "--epochs", "200", "--optimizer", "adamw(0.1)", "--batch", "16");
    var patient = new ArrayList<>(asked);
    patient.addAll(List.of("--patience", "2", "--validation", validation));
    var json = train(patient.toArray(String[]::new));
    assertThat(json).containsEntry("stopped_because", "patience");
    var epochs =
        Files.readAllLines(run().resolve("metrics.csv")).stream()
            .skip(1)
            .map(line -> line.split(","))
            .toList();
    var judged = validation.equals("0") ? 2 : 3;
    var best =
        epochs.stream()
            .min(Comparator.comparingDouble(epoch -> Double.parseDouble(epoch[judged])))
            .orElseThrow();
    assertThat(best).isNotSameAs(epochs.getLast());
    assertThat(json).containsEntry("train_loss", Double.parseDouble(best[2]));
  }

  @Test
  void oneStepIsOneStep() {
    var outcome =
        Outcome.of(("train iris --epochs 1 --batch 500 --quiet --out " + run()).split(" "));
    assertThat(outcome.out()).contains(" 1 epoch, 1 step, ");
  }

  @Test
  void aScheduleThatIsLongerThanTheRunIsRefused() {
    var outcome =
        Outcome.of(
            "train",
            "iris",
            "--epochs",
            "2",
            "--optimizer",
            "adam(cosine(0.01, warmup=300))",
            "--out",
            run().toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "thalweg: cosine(0.01, warmup=300): the run must be longer than the warm-up, found 8"
                + " steps\n");
    assertThat(run()).doesNotExist();
  }

  @Test
  void theSeedDecidesAndThreadsDoNot() {
    var once = train("iris", "--epochs", "2", "--threads", "1").get("weights_sha256");
    assertThat(train("iris", "--epochs", "2", "--threads", "3"))
        .containsEntry("weights_sha256", once);
    assertThat(train("iris", "--epochs", "2", "--seed", "1").get("weights_sha256"))
        .isNotEqualTo(once);
  }

  @Test
  void withoutTestRowsTheFiguresAreNull() {
    assertThat(train("iris", "--epochs", "1", "--test", "0"))
        .containsEntry("test_loss", null)
        .containsEntry("test_accuracy", null)
        .containsEntry("train_rows", 150L);
    var outcome = Outcome.of("evaluate", run().toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("expected FILE, ");
  }

  @Test
  void evaluateRepeatsTheTestOfTheTraining() {
    var trained = train("iris", "--epochs", "20");
    var outcome = Outcome.of("evaluate", run().toString(), "--format", "json");
    assertThat(outcome.err()).isEmpty();
    assertThat(object(outcome))
        .containsEntry("loss", trained.get("test_loss"))
        .containsEntry("accuracy", trained.get("test_accuracy"))
        .containsEntry("rows", 30L);
  }

  @Test
  void allMetricsAreInTheJsonAndAtTheEndOfTheText() {
    var trained = train("iris", "--epochs", "20", "--loss", "cross_entropy(label_smoothing=0.1)");
    var evaluated = object(Outcome.of("evaluate", run().toString(), "--format", "json"));
    for (var name :
        List.of("loss", "accuracy", "precision", "recall", "f1", "roc_auc", "log_loss")) {
      assertThat((Double) evaluated.get(name)).as(name).isPositive();
      assertThat(trained).containsEntry("test_" + name, evaluated.get(name));
    }
    assertThat((List<?>) evaluated.get("confusion_matrix")).hasSize(3);
    assertThat(trained).containsEntry("test_confusion_matrix", evaluated.get("confusion_matrix"));
    assertThat((List<?>) evaluated.get("classes"))
        .hasSize(3)
        .first(InstanceOfAssertFactories.MAP)
        .containsEntry("class", "setosa")
        .containsKeys("precision", "recall", "f1", "rows");
    assertThat(trained).containsEntry("loss", "softmax_cross_entropy(label_smoothing=0.1)");

    var table = Outcome.of("evaluate", run().toString()).out();
    assertThat(table)
        .contains("accuracy  ")
        .contains("F1  ")
        .contains("means over the classes")
        .contains("ROC AUC  ")
        .containsPattern("class +precision +recall +f1 +rows\nsetosa ")
        .containsPattern("true . predicted +setosa +versicolor +virginica\nsetosa ");
  }

  @Test
  void predictAndEvaluateReadCsv() throws IOException {
    train("iris", "--epochs", "300");
    var csv = folder.resolve("flowers.csv");
    Files.writeString(
        csv,
        """
        species,petal_width_cm,petal_length_cm,sepal_width_cm,sepal_length_cm
        setosa,0.2,1.4,3.5,5.1
        virginica,2.5,6.0,3.3,6.3
        """);
    var printed = Outcome.of("predict", run().toString(), "--input", csv.toString());
    assertThat(printed.err()).isEmpty();
    assertThat(printed.out())
        .matches("prediction,probability\nsetosa,0\\.\\d+\nvirginica,0\\.\\d+\n");

    var output = folder.resolve("out.csv");
    var written =
        Outcome.of(
            "predict",
            run().toString(),
            "--input",
            csv.toString(),
            "--output",
            output.toString(),
            "--format",
            "json");
    assertThat(object(written)).isEqualTo(Map.of("rows", 2L, "output", output.toString()));
    assertThat(output).hasContent(printed.out());

    var json =
        Outcome.of("predict", run().toString(), "--input", csv.toString(), "--format", "json");
    assertThat(object(json).get("predictions"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(2);

    var evaluated =
        Outcome.of("evaluate", run().toString(), "--data", csv.toString(), "--format", "json");
    assertThat(object(evaluated)).containsEntry("rows", 2L).containsEntry("accuracy", 1.0);
  }

  @Test
  void inputWithOtherColumnsIsRefused() throws IOException {
    train("iris", "--epochs", "1");
    var csv = folder.resolve("flowers.csv");
    Files.writeString(csv, "petal_width_cm,petal_length_cm,sepal_widht_cm\n1,2,3\n");
    var outcome = Outcome.of("predict", run().toString(), "--input", csv.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("thalweg: " + csv + ": ").hasLineCount(1);
  }

  @Test
  void divergenceIsOneSentenceAndLeavesNothing() {
    var outcome =
        Outcome.of(
            "train", "iris", "--optimizer", "sgd(1e30)", "--out", run().toString(), "--quiet");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("thalweg: training diverged at step ").hasLineCount(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPlaceThatIsTakenIsLeftAsItIs() throws IOException {
    Files.createDirectories(run());
    Files.writeString(run().resolve("thesis.tex"), "years of work");
    var outcome = Outcome.of("train", "iris", "--out", run().toString(), "--quiet");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("thesis.tex").hasLineCount(1);
    assertThat(run()).isDirectoryContaining("glob:**/thesis.tex");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "model.json"})
  void aTruncatedFileIsNamed(String name) throws IOException {
    train("iris", "--epochs", "1");
    var file = run().resolve(name);
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
    var outcome = Outcome.of("evaluate", run().toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains(name).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data: [", "- 1\n", "data: 3\n", "data: iris\nmodel: x\nseed: yes\n"})
  void aBrokenConfigurationIsNamed(String text) throws IOException {
    train("iris", "--epochs", "1");
    Files.writeString(run().resolve("config.yaml"), text);
    var outcome = Outcome.of("evaluate", run().toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("thalweg: " + run().resolve("config.yaml") + ", line ")
        .hasLineCount(1);
  }

  private Path run() {
    return folder.resolve("run");
  }

  private Map<String, @Nullable Object> train(String... arguments) {
    var all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--out", run().toString(), "--format", "json", "--quiet"));
    var outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return object(outcome);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(Outcome outcome) {
    assertThat(outcome.out()).hasLineCount(1).endsWith("}\n");
    return (Map<String, @Nullable Object>)
        Objects.requireNonNull(Json.parse(outcome.out().strip()));
  }
}
