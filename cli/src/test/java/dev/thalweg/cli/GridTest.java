package dev.thalweg.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.thalweg.formats.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `train --grid`.
class GridTest {

  private static final RunConfig BASE =
      new TrainOptions()
          .config(0)
          .withModel("mlp(8)")
          .withLoss("softmax_cross_entropy")
          .withOptimizer("clip_norm(1) | sgd(0.1)");

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
    var points =
        Grid.parse(List.of("dropout=0,0.3", "lr=cosine(0.1, warmup=2),0.01"))
            .points(BASE, UnaryOperator.identity());
    assertThat(points)
        .extracting(
            point -> point.config().model() + " " + point.config().optimizer().orElseThrow())
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
    assertThat(grid.points(BASE, UnaryOperator.identity()))
        .extracting(point -> point.config().optimizer().orElseThrow())
        .containsExactly(
            "momentum(0.1, momentum=0.5)",
            "momentum(0.1, momentum=0.9)",
            "nesterov(lr=0.1, momentum=0.5)",
            "nesterov(lr=0.1, momentum=0.9)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          model => mlp(64,32) => model: mlp(64,32)
          optimizer => adam => optimizer: adam
          loss => bce => loss: bce
          epochs => 7 => epochs: 7
          batch => 9 => batch: 9
          sampling => replacement => sampling: replacement
          patience => 4 => patience: 4
          patience => none => patience:
          augment => flip | crop(4, 0.5) => augment: flip | crop(4, 0.5)
          augment => none => augment:
          lr => cosine(0.1, warmup=9) => optimizer: clip_norm(1) | sgd(cosine(0.1, warmup=9))
          weight_decay => 0.01 => optimizer: clip_norm(1) | sgd(0.1, weight_decay=0.01)
          limit => 5 => optimizer: clip_norm(5) | sgd(0.1)
          clip_norm => 5 => optimizer: clip_norm(5) | sgd(0.1)
          clip_norm => none => optimizer: sgd(0.1)
          clip_norm.scope => tensor => optimizer: clip_norm(1, scope=tensor) | sgd(0.1)
          clip_value => 2 => optimizer: clip_value(2) | clip_norm(1) | sgd(0.1)
          optimizer.lr => 0.2 => optimizer: clip_norm(1) | sgd(0.2)
          sgd.lr => 0.2 => optimizer: clip_norm(1) | sgd(0.2)
          dropout => 0.5 => model: mlp(8, dropout=0.5)
          activation => tanh => model: mlp(8, activation=tanh)
          initializer => he_normal => model: mlp(8, initializer=he_normal)
          l1 => 1e-4 => model: mlp(8, l1=1e-4)
          l2 => 0.5 => model: mlp(8, l2=0.5)
          max_norm => 3 => model: mlp(8, max_norm=3)
          model.l2 => 0.5 => model: mlp(8, l2=0.5)
          label_smoothing => 0.1 => loss: softmax_cross_entropy(label_smoothing=0.1)
          class_weights => (1,2,3) => loss: softmax_cross_entropy(class_weights=(1, 2, 3))
          """)
  void aKeyIsAnOptionOrAnArgumentOfOne(String key, String value, String becomes) {
    var option = becomes.substring(0, becomes.indexOf(':'));
    var point =
        Grid.parse(List.of(key + "=" + value)).points(BASE, UnaryOperator.identity()).getFirst();
    assertThat(option + ": " + point.config().options().getOrDefault(option, ""))
        .hasToString(becomes.endsWith(":") ? becomes + " " : becomes);
    // And nothing else has changed.
    var others = new LinkedHashMap<>(point.config().options());
    var before = new LinkedHashMap<>(BASE.options());
    others.remove(option);
    before.remove(option);
    assertThat(others).isEqualTo(before);
  }

  @Test
  void everyOptionIsAKeyOrIsRefusedWithAReason() {
    var train = ThalwegCommand.withAll().getSubcommands().get("train");
    var options = Objects.requireNonNull(train).getCommandSpec().options();
    assertThat(options).hasSizeGreaterThan(30);
    var keys = new ArrayList<String>();
    for (var option : options) {
      var name = option.longestName().substring(2);
      if (new GridKey(name).isOption() || name.equals("lr")) {
        keys.add(name);
      } else {
        assertThatExceptionOfType(Failure.class)
            .isThrownBy(
                () -> Grid.parse(List.of(name + "=1,2")).points(BASE, UnaryOperator.identity()))
            .withMessageStartingWith("--grid " + name + ": ")
            .withMessageNotContaining("unknown");
      }
    }
    assertThat(keys)
        .containsExactlyInAnyOrder(
            "model",
            "loss",
            "optimizer",
            "lr",
            "epochs",
            "batch",
            "sampling",
            "patience",
            "augment",
            "scale-target");
  }

  @Test
  void epochsThatNobodySaidAreThoseOfTheBatchOfThePoint() {
    var outcome =
        Outcome.of(
            "train",
            "iris",
            "--model",
            "linear",
            "--grid",
            "batch=40,120",
            "--validation",
            "0.2",
            "--quiet",
            "--format",
            "json",
            "--out",
            folder + "/run");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    var json = (Map<?, ?>) Objects.requireNonNull(Json.parse(outcome.out().strip()));
    // As if the best had been typed: 2,000 steps, of which 120 rows have 3 or 1 an epoch.
    assertThat(json.get("epochs"))
        .isEqualTo(Long.valueOf(40).equals(json.get("batch")) ? 667L : 2000L);
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

  @Test
  void theFractionThatJudgesHasThreeDigitsAtMost() {
    var run = folder.resolve("run").toString();
    var outcome =
        Outcome.of(
            ("train auto-mpg --grid batch=64,128 --validation 0.2 --epochs 1 --quiet --out " + run)
                .split(" "));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("judged on a validation part of 0.25 of the rows to train on");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          --grid dropuot=0,0.3 => --grid dropuot: unknown key 'dropuot' (did you mean 'dropout'?)
          --grid l2=0,1 --model relu|dense(3) => --grid l2: is an argument of a model with a name, and --model is a list of layers; expected --grid 'model=…,…'
          --grid lr => --grid lr: expected values of a key, such as lr=0.1,0.01
          --grid lr=0.1,0.1 => --grid lr=0.1,0.1: 0.1 is there twice
          --grid sampling=shuffle,suffle => --grid sampling=suffle: expected shuffle or replacement (did you mean 'shuffle'?)
          --grid patience=0,5 => --grid patience=0: expected a whole number of at least 1
          --grid target=a,b => --grid target: is the same for all points, whose scores are compared on the same data
          --grid seed=1,2 => --grid seed: a seed is no setting to choose; --seeds N judges each point with N
          --grid lr=0.1,-1 => --grid: --optimizer:
          --grid loss=mse,mae => --grid: --loss: mse compares numbers, and iris has 3 classes
          --grid lr=0.1, => --grid lr=0.1,: expected values of a key, such as lr=0.1,0.01
          --grid epochs=1,many => --grid epochs=many: expected a whole number of at least 1
          --grid model=mlp(8),mlb(8) => unknown model 'mlb'
          --grid batch=RANGE --grid epochs=RANGE --grid patience=RANGE => --grid: expected at most 10,000 points, found 8,000,000: each is a training; leave values out
          --seeds 3 => --seeds 3: is about the points of a --grid, and there is none
          --grid lr=0.1 --folds 3 --validation 0.2 => --folds 3: expected one of --folds and --validation
          """)
  void aGridThatMeansNothingIsRefused(String arguments, String sentence) {
    var range = IntStream.rangeClosed(1, 200).mapToObj(String::valueOf).collect(joining(","));
    var outcome = train(arguments.replace("RANGE", range).split(" ", -1));
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(sentence);
    assertThat(folder).isEmptyDirectory();
  }
}
