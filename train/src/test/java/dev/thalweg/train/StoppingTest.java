package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.data.BatchReader;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Schema;
import dev.thalweg.formats.AtomicFile;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.optim.Schedule;
import dev.thalweg.train.TrainingEvent.EpochEnded;
import dev.thalweg.train.TrainingEvent.StepEnded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoppingTest {

  private static final Dataset IRIS = Datasets.named("iris");

  private static final Trainer TRAINER =
      Trainer.defaults().withEpochs(10).withBatchSize(30).withStandardize(false);

  @AfterEach
  void nobodyElseIsInterrupted() {
    Thread.interrupted();
  }

  private static FittedModel fit(Trainer trainer, boolean stream) {
    var model = Models.parse("mlp(8)", 3);
    var loss = Losses.softmaxCrossEntropy();
    var adam = Optimizers.adam(0.01);
    return stream
        ? trainer.fit(model, loss, adam, IRIS.source(Sampling.SHUFFLE, 0))
        : trainer.fit(model, loss, adam, IRIS);
  }

  private static Trainer interruptedAt(long step) {
    return TRAINER.withCallback(event -> {
      if (event instanceof StepEnded ended && ended.step() == step) {
        Thread.currentThread().interrupt();
      }
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterruptionEndsTrainingAfterItsStep(boolean stream) {
    FittedModel whole = fit(TRAINER.withEpochs(1), stream);
    FittedModel atItsEnd = fit(interruptedAt(5), stream);
    assertThat(Thread.interrupted()).isTrue();
    History history = atItsEnd.history().orElseThrow();
    assertThat(history.reason()).isEqualTo(StopReason.INTERRUPT);
    assertThat(history.steps()).isEqualTo(5);
    assertThat(history.samples()).isEqualTo(150);
    assertThat(history.epochs()).hasSize(1);
    assertThat(atItsEnd.network().sameWeights(whole.network())).isTrue();

    FittedModel within = fit(interruptedAt(7), stream);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(within.history().orElseThrow().steps()).isEqualTo(7);
    assertThat(within.history().orElseThrow().epochs()).hasSize(1);
    assertThat(within.network().sameWeights(whole.network())).isFalse();
    assertThat(within.evaluate(IRIS).rows()).isEqualTo(150);
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptionEndsEveryKindOfTraining(EveryKind kind, @TempDir Path folder)
      throws IOException {
    var steps = new AtomicInteger();
    Trainer trainer =
        TRAINER
            .withEpochs(1_000_000)
            .withCallback(event -> {
              if (event instanceof StepEnded && steps.incrementAndGet() == 3) {
                Thread.currentThread().interrupt();
              }
            });
    kind.save(trainer, folder.resolve("run"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(steps).hasValue(3);
    kind.use(folder.resolve("run"));
  }

  @Test
  void whatAnInterruptionEndedIsSavedAndRead(@TempDir Path folder) throws IOException {
    FittedModel fitted = fit(interruptedAt(5), false);
    for (String place : List.of("new", "new", "other")) {
      fitted.save(folder.resolve(place));
      FittedModel read = FittedModel.load(folder.resolve(place));
      assertThat(read.network().sameWeights(fitted.network())).isTrue();
    }
    var archive = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(archive)) {
      for (String file : List.of(RunFolder.MODEL, RunFolder.WEIGHTS)) {
        zip.putNextEntry(new ZipEntry(file));
        Files.copy(folder.resolve("new").resolve(file), zip);
      }
    }
    FittedModel unpacked = FittedModel.load(new ByteArrayInputStream(archive.toByteArray()));
    assertThat(unpacked.network().sameWeights(fitted.network())).isTrue();
    AtomicFile.write(folder.resolve("file"), out -> out.write('x'));
    assertThat(folder.resolve("file")).hasContent("x");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aThreadThatIsInterruptedBeforeTakesOneStep() {
    Thread.currentThread().interrupt();
    FittedModel fitted = fit(TRAINER, false);
    assertThat(Thread.interrupted()).isTrue();
    History history = fitted.history().orElseThrow();
    assertThat(history.steps()).isEqualTo(1);
    assertThatIllegalStateException()
        .isThrownBy(history::best)
        .withMessage(
            "history: expected an epoch that is over, found a training stopped by interrupt after 1"
                + " steps");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConditionEndsTrainingAfterTheStepAtWhichItHolds(boolean stream) {
    FittedModel fitted =
        fit(
            TRAINER.withStopWhen(event -> event instanceof StepEnded step && step.step() == 3),
            stream);
    History history = fitted.history().orElseThrow();
    assertThat(history.reason()).isEqualTo(StopReason.CONDITION);
    assertThat(history.steps()).isEqualTo(3);
    assertThat(history.samples()).isEqualTo(90);
    assertThat(history.epochs()).isEmpty();
    FittedModel afterEpoch =
        fit(
            TRAINER.withStopWhen(event -> event instanceof EpochEnded e && e.epoch().epoch() == 2),
            stream);
    assertThat(afterEpoch.history().orElseThrow().epochs()).hasSize(2);
    assertThat(afterEpoch.network().sameWeights(fit(TRAINER.withEpochs(2), stream).network()))
        .isTrue();
  }

  @Test
  void withPatienceTheBestSoFarComes() {
    // A rate that spoils what the first epoch has learned.
    var rising = Optimizers.sgd(Schedule.piecewise(List.of(0.1, 50.0), List.of(5L)));
    var model = Models.parse("mlp(8)", 3);
    FittedModel stopped =
        TRAINER
            .withPatience(5)
            .withStopWhen(event -> event instanceof StepEnded step && step.step() == 13)
            .fit(model, Losses.softmaxCrossEntropy(), rising, IRIS, IRIS);
    FittedModel first =
        TRAINER.withEpochs(1).fit(model, Losses.softmaxCrossEntropy(), rising, IRIS, IRIS);
    assertThat(stopped.history().orElseThrow().best().epoch()).isEqualTo(1);
    assertThat(stopped.history().orElseThrow().epochs()).hasSize(2);
    assertThat(stopped.network().sameWeights(first.network())).isTrue();
  }

  /// Gives its rows, in the second pass not before it is told to.
  private record Held(RowSource source, CountDownLatch waits, CountDownLatch release)
      implements RowSource {

    @Override
    public Schema schema() {
      return source.schema();
    }

    @Override
    public long rows() {
      return source.rows();
    }

    @Override
    public BatchReader pass(int epoch) {
      BatchReader pass = source.pass(epoch);
      return new BatchReader() {
        @Override
        public int read(float[] x, float[] answers) {
          if (epoch == 1) {
            waits.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
          return pass.read(x, answers);
        }

        @Override
        public void close() {
          pass.close();
        }
      };
    }
  }

  @Test
  void whoeverWaitsForRowsIsInterruptedAsWell() throws InterruptedException {
    var source =
        new Held(IRIS.source(Sampling.SHUFFLE, 0), new CountDownLatch(1), new CountDownLatch(1));
    var fitted = new FittedModel[1];
    Thread training =
        Thread.ofPlatform()
            .start(() ->
                fitted[0] =
                    TRAINER.fit(
                        Models.parse("mlp(8)", 3),
                        Losses.softmaxCrossEntropy(),
                        Optimizers.adam(0.01),
                        source));
    source.waits.await();
    training.interrupt();
    source.release.countDown();
    training.join();
    History history = fitted[0].history().orElseThrow();
    assertThat(history.reason()).isEqualTo(StopReason.INTERRUPT);
    assertThat(history.epochs()).hasSize(1);
  }

  @Test
  void aGridThatIsInterruptedGivesThePointsThatAreJudged() {
    var trainings = new AtomicInteger();
    Thread searching = Thread.currentThread();
    var results =
        GridSearch.defaults()
            .withFolds(2)
            .withEngine(Engine.of("auto", 1))
            .run(
                List.of(0.1, 0.01, 0.001),
                IRIS,
                (rate, seed, train) -> {
                  boolean cut = trainings.incrementAndGet() == 4;
                  return Trainer.defaults()
                      .withEpochs(cut ? 1_000_000 : 2)
                      .withCallback(event -> {
                        if (cut && event instanceof StepEnded step && step.step() == 20) {
                          searching.interrupt();
                        }
                      })
                      .fit(
                          Models.linear(3),
                          Losses.softmaxCrossEntropy(),
                          Optimizers.sgd(rate),
                          train);
                });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(results).extracting(GridSearch.Result::point).containsExactly(0.1);
    assertThat(trainings).hasValue(4);
  }

  @Test
  void aGridOfTrainingsThatStopThemselvesIsJudgedAsTheyAre() {
    var results =
        GridSearch.defaults()
            .withFolds(2)
            .run(
                List.of(0.1, 0.01),
                IRIS,
                (rate, seed, train) ->
                    TRAINER
                        .withStopWhen(event -> event instanceof StepEnded s && s.step() == 2)
                        .fit(
                            Models.linear(3),
                            Losses.softmaxCrossEntropy(),
                            Optimizers.sgd(rate),
                            train));
    assertThat(results).hasSize(2);
  }
}
