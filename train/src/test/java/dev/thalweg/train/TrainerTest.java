package dev.thalweg.train;

import static dev.thalweg.nn.Activation.GELU;
import static dev.thalweg.nn.Activation.RELU;
import static dev.thalweg.nn.Layers.dense;
import static dev.thalweg.nn.Layers.dropout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Split;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

  private static final Split IRIS = Datasets.named("iris").split(0.8, 1);
  private static final Sequential MODEL = Sequential.of(dense(16, RELU), dropout(0.1), dense(3));

  private static FittedModel fit(Trainer trainer) {
    return trainer.fit(MODEL, Losses.softmaxCrossEntropy(), Optimizers.adamw(0.01), IRIS.train());
  }

  @Test
  void learnsIris() {
    FittedModel fitted = fit(Trainer.defaults().withEpochs(40));
    assertThat(fitted.evaluate(IRIS.test()).accuracy()).isGreaterThanOrEqualTo(0.9);
    assertThat(fitted.evaluate(IRIS.train()).accuracy()).isGreaterThanOrEqualTo(0.95);
    History history = fitted.history().orElseThrow();
    assertThat(history.steps()).isEqualTo(40 * 4);
    assertThat(history.samples()).isEqualTo(40 * 120);
    assertThat(history.epochs()).hasSize(40);
    assertThat(history.reason()).isEqualTo(StopReason.EPOCHS);
  }

  /// Large enough that products, functions and updates are shared; that vector kernels give the
  /// same is `WarmWeightsTest`, in `house`.
  @Test
  void theSameSeedGivesTheSameBitsForAnyNumberOfThreads() {
    Dataset data = manyRows();
    FittedModel one = fitShared(data, 4, Engine.of("auto", 1));
    for (int threads : new int[] {2, 3, 4}) {
      FittedModel other = fitShared(data, 4, Engine.of("auto", threads));
      assertThat(other.network().sameWeights(one.network())).as("%d threads", threads).isTrue();
    }
    assertThat(fitShared(data, 5, Engine.of("auto", 2)).network().sameWeights(one.network()))
        .isFalse();
  }

  private static Dataset manyRows() {
    double[][] x = new double[512][64];
    int[] labels = new int[512];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < 64; j++) {
        x[i][j] = Math.sin(i * 7 + j * 3);
      }
      labels[i] = x[i][i % 8] > 0 ? 1 : 0;
    }
    return Dataset.classification(x, labels);
  }

  /// Trains, and looks who helps.
  private static FittedModel fitShared(Dataset data, long seed, Engine engine) {
    Set<Thread> before = helpers();
    Set<String> names = new TreeSet<>();
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(3)
            .withSeed(seed)
            .withBatchSize(256)
            .withEngine(engine)
            .withCallback(event -> {
              Set<Thread> now = helpers();
              now.removeAll(before);
              now.forEach(thread -> names.add(thread.getName()));
            })
            .fit(
                Sequential.of(dense(128, GELU), dropout(0.1), dense(128, RELU), dense(2)),
                Losses.softmaxCrossEntropy(),
                Optimizers.adamw(0.01),
                data);
    assertThat(names).hasSize(engine.threads() - 1).allMatch(name -> name.startsWith("thalweg-"));
    return fitted;
  }

  /// The live threads that help engines.
  private static Set<Thread> helpers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("thalweg-\\d+"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// Each with an engine of its own, as a server has it.
  @Test
  void threadsEndWithTheirTraining() throws InterruptedException {
    Dataset data = manyRows();
    Set<Thread> seen = new HashSet<>();
    int most = 0;
    for (int i = 0; i < 10; i++) {
      fitShared(data, i, Engine.of("auto", 4));
      Set<Thread> now = helpers();
      seen.addAll(now);
      most = Math.max(most, now.size());
    }
    assertThat(most).isLessThan(5 * 3);
    for (Thread thread : seen) {
      thread.join(60_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  @Test
  void learnsALineExactly() {
    double[][] x = new double[64][2];
    double[] y = new double[64];
    for (int i = 0; i < 64; i++) {
      x[i] = new double[] {i % 8, Math.floorDiv(i, 8)};
      y[i] = 3 * x[i][0] - 2 * x[i][1] + 1;
    }
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(300)
            .fit(Models.linear(1), Losses.mse(), Optimizers.sgd(0.1), Dataset.regression(x, y));
    assertThat(fitted.predict(10, 5)[0]).isBetween(20.999, 21.001);
    assertThat(fitted.evaluate(Dataset.regression(x, y)).r2()).isGreaterThan(0.999999);
  }

  @Test
  void samplingWithReplacementLearnsToo() {
    FittedModel fitted = fit(Trainer.defaults().withEpochs(40).withSampling(Sampling.REPLACEMENT));
    assertThat(fitted.evaluate(IRIS.test()).accuracy()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void patienceStopsAndRestoresTheBestWeights() {
    List<Double> losses = new ArrayList<>();
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(500)
            .withPatience(3)
            .withCallback(event -> {
              if (event instanceof TrainingEvent.EpochEnded ended) {
                losses.add(ended.epoch().validationLoss().orElseThrow());
              }
            })
            .fit(
                MODEL,
                Losses.softmaxCrossEntropy(),
                Optimizers.adamw(0.05),
                IRIS.train(),
                IRIS.test());
    double best = losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    assertThat(fitted.history().orElseThrow().reason()).isEqualTo(StopReason.PATIENCE);
    assertThat(losses).hasSizeLessThan(500);
    assertThat(losses.subList(losses.size() - 3, losses.size())).allMatch(l -> l >= best);
    assertThat(fitted.evaluate(IRIS.test()).loss()).isEqualTo(best);
  }

  @Test
  void callbacksAreToldInOrder() {
    List<TrainingEvent> events = new ArrayList<>();
    fit(Trainer.defaults().withEpochs(2).withBatchSize(50).withCallback(events::add));
    assertThat(events).hasSize(1 + 2 * (3 + 1) + 1);
    assertThat(events.getFirst()).isEqualTo(new TrainingEvent.Started(2, 3, 120, 131));
    assertThat(events.get(1)).isInstanceOf(TrainingEvent.StepEnded.class);
    assertThat(((TrainingEvent.StepEnded) events.get(3)).samples()).isEqualTo(20);
    assertThat(events.get(4)).isInstanceOf(TrainingEvent.EpochEnded.class);
    assertThat(events.getLast()).isEqualTo(new TrainingEvent.Stopped(StopReason.EPOCHS));
  }

  @Test
  void aLossThatIsNotFiniteNamesTheFirstBadTensorAndTheStep() {
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(() ->
            Trainer.defaults()
                .fit(
                    Models.linear(1),
                    Losses.mse(),
                    Optimizers.sgd(1e6),
                    Dataset.regression(
                        new double[][] {{1}, {2}, {3}, {5}}, new double[] {1, 2, 3, 4})))
        .withMessageMatching("training diverged at step \\d+: .* has .* at element \\d+; .*");
    Layer broken = Layer.of("broken", (x, training) -> x.minus(1e9).log());
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(() ->
            Trainer.defaults()
                .fit(
                    Sequential.of(dense(4), broken, dense(3)),
                    Losses.softmaxCrossEntropy(),
                    Optimizers.sgd(0.1),
                    IRIS.train()))
        .withMessageStartingWith(
            "training diverged at step 1: the output of layer 2, broken has NaN at element 0");
  }

  @Test
  void aGradientThatIsNotFiniteNamesItsParameter() {
    // The loss is 0 where its slope is infinite.
    Loss root = (prediction, target) -> prediction.times(0).sqrt().sum();
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(
            () -> Trainer.defaults().fit(Models.linear(3), root, Optimizers.sgd(0.1), IRIS.train()))
        .withMessageContaining("step 1: the gradient of parameter 1.weight has NaN at element 0");
  }

  @Test
  void aShareToWatchIsThatOfTheSplit() {
    Trainer settings = Trainer.defaults().withEpochs(3).withSeed(5);
    Split parts = IRIS.train().split(0.75, 5);
    Sequential model = Models.parse("mlp(8)", 3);
    FittedModel divided =
        settings.fit(
            model, Losses.softmaxCrossEntropy(), Optimizers.sgd(0.1), parts.train(), parts.test());
    Trainer watching = settings.withValidation(0.25).withMinDelta(0).withScaleTarget(false);
    assertThat(watching.validation()).isEqualTo(0.25);
    FittedModel shared =
        watching.fit(model, Losses.softmaxCrossEntropy(), Optimizers.sgd(0.1), IRIS.train());
    assertThat(shared.predictRows(IRIS.train().x()))
        .isEqualTo(divided.predictRows(IRIS.train().x()));
    assertThat(shared.history().orElseThrow().epochs().getLast().validationLoss())
        .isPresent()
        .isEqualTo(divided.history().orElseThrow().epochs().getLast().validationLoss());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withValidation(1))
        .withMessage("validation must lie in [0, 1), found 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            watching.fit(
                model,
                Losses.softmaxCrossEntropy(),
                Optimizers.sgd(0.1),
                IRIS.train().source(Sampling.SEQUENTIAL, 0)))
        .withMessageStartingWith("withValidation: expected a data set to divide");
  }

  @Test
  void whatDoesNotFitTogetherIsOneSentence() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Trainer.defaults()
                .fit(
                    Models.linear(4),
                    Losses.softmaxCrossEntropy(),
                    Optimizers.sgd(0.1),
                    IRIS.train()))
        .withMessageContaining("linear: expected 3 outputs");
  }

  @Test
  void oneClassIsRefused() {
    Dataset one = Dataset.classification(new double[][] {{1}, {2}, {3}}, new int[] {0, 0, 0});
    Sequential model = Sequential.of(dense(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Trainer.defaults().fit(model, Losses.softmaxCrossEntropy(), Optimizers.sgd(0.1), one))
        .withMessage(one.name() + ": expected at least 2 classes, found 1 ('0')");
    RowSource rows = one.source(Sampling.SEQUENTIAL, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Trainer.defaults().fit(model, Losses.softmaxCrossEntropy(), Optimizers.sgd(0.1), rows))
        .withMessage(one.name() + ": expected at least 2 classes, found 1 ('0')");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void settingsOutOfRangeAreNamed(int n) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trainer.defaults().withEpochs(n))
        .withMessage("epochs must be at least 1, found " + n);
    assertThatIllegalArgumentException().isThrownBy(() -> Trainer.defaults().withBatchSize(n));
  }

  @Test
  void predictingManyRowsIsPredictingEach() {
    FittedModel fitted = fit(Trainer.defaults().withEpochs(2));
    float[] all = fitted.predictRows(IRIS.test().x());
    for (int i = 0; i < IRIS.test().rows(); i++) {
      float[] row = IRIS.test().row(i);
      double[] one = fitted.predict(row[0], row[1], row[2], row[3]);
      for (int j = 0; j < 3; j++) {
        assertThat((float) one[j]).isEqualTo(all[3 * i + j]);
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fitted.predict(1, 2))
        .withMessage("predict: expected 4 features, found 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mlp(8); [64]",
        "cnn(4); [8, 8]",
        "flatten | dense(10); [8, 8]",
        "reshape(16, 4) | flatten | dense(10); [8, 8]"
      })
  void aModelIsGivenAnImageInItsShapeWhereItMakesOneAnswerOfThat(String model, String shape) {
    var fitted =
        Trainer.defaults()
            .withEpochs(1)
            .fit(
                Models.parse(model, 10),
                Losses.softmaxCrossEntropy(),
                Optimizers.adamw(0.01),
                Datasets.named("digits"));
    assertThat(fitted.network().input()).asString().isEqualTo(shape);
  }

  @Test
  void aCrossValidationIsATrainingForEachFold() {
    Trainer trainer = Trainer.defaults().withEpochs(3).withSeed(2);
    Dataset iris = Datasets.named("iris");
    List<Double> scores = new ArrayList<>();
    for (Split fold : iris.folds(4, 2)) {
      scores.add(
          trainer
              .fit(MODEL, Losses.softmaxCrossEntropy(), Optimizers.adamw(0.01), fold.train())
              .evaluate(fold.test())
              .accuracy());
    }
    CrossValidation found =
        trainer.crossValidate(MODEL, Losses.softmaxCrossEntropy(), Optimizers.adamw(0.01), iris, 4);
    assertThat(found.values("accuracy")).isEqualTo(scores);
    double mean = scores.stream().mapToDouble(s -> s).average().orElseThrow();
    assertThat(found.mean("accuracy")).isEqualTo(mean);
    assertThat(found.toString())
        .startsWith("accuracy 0.")
        .endsWith("(mean ± standard deviation of 4)");
    Thread.currentThread().interrupt();
    assertThatIllegalStateException()
        .isThrownBy(() ->
            trainer.crossValidate(
                MODEL, Losses.softmaxCrossEntropy(), Optimizers.adamw(0.01), iris, 4));
    assertThat(Thread.interrupted()).isTrue();
  }
}
