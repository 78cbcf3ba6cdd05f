package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.data.Augmentation;
import dev.thalweg.data.CsvStream;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.TableOptions;
import dev.thalweg.formats.Safetensors;
import dev.thalweg.formats.SafetensorsArray;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A training that is stopped anywhere and goes on ends as if it had never stopped.
class ResumeTest {

  private static final int EPOCHS = 3;

  /// 160 images of 8×8.
  private static final Dataset DIGITS = Datasets.named("digits").split(0.089, 1).train();

  private static final Trainer TRAINER =
      Trainer.defaults().withEpochs(EPOCHS).withBatchSize(24).withSeed(5);

  private static final Sequential MODEL = Models.parse("mlp(16, dropout=0.2)", 10);
  private static final Optimizer ADAM = Optimizer.parse("adamw(lr=cosine(1e-2))");

  @TempDir Path folder;

  /// Where a training's data come from.
  private interface Data {
    FittedModel fit(Trainer trainer, Sequential model, Optimizer optimizer);
  }

  private static Data rows() {
    return (trainer, model, optimizer) ->
        trainer.fit(model, Losses.softmaxCrossEntropy(), optimizer, DIGITS);
  }

  private static Trainer stopping(Trainer trainer, long step) {
    return trainer.withStopWhen(
        event -> event instanceof TrainingEvent.StepEnded ended && ended.step() == step);
  }

  private void assertResumes(
      Data data, Trainer trainer, Sequential model, Optimizer optimizer, long... stops) {
    FittedModel whole = data.fit(trainer, model, optimizer);
    Path place = folder.resolve("checkpoints");
    Trainer saved = trainer.withCheckpoints(Checkpoints.in(place));
    data.fit(stopping(saved, stops[0]), model, optimizer);
    for (int i = 1; i < stops.length; i++) {
      data.fit(stopping(saved.resume(place), stops[i]), model, optimizer);
    }
    FittedModel resumed = data.fit(saved.resume(place), model, optimizer);
    assertThat(resumed.network().sameWeights(whole.network())).isTrue();
    History one = whole.history().orElseThrow();
    History other = resumed.history().orElseThrow();
    assertThat(other.steps()).isEqualTo(one.steps());
    assertThat(other.samples()).isEqualTo(one.samples());
    assertThat(other.reason()).isEqualTo(one.reason());
    assertThat(figures(other)).isEqualTo(figures(one));
    // Not the last batch's alone: a training that began anew would differ.
    assertThat(one.steps()).isGreaterThan(stops[stops.length - 1]);
  }

  /// All but times and memory.
  private static List<List<Object>> figures(History history) {
    return history.epochs().stream()
        .map(epoch ->
            List.<Object>of(
                epoch.epoch(),
                epoch.steps(),
                epoch.loss(),
                epoch.score(),
                epoch.validationLoss(),
                epoch.validationScore(),
                epoch.metrics()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mlp(16, dropout=0.2); adamw(lr=cosine(1e-2))",
        "mlp(16, l2=1e-3, max_norm=2); torch.SGD(lr=0.05, momentum=0.9, nesterov=true)",
        "mlp(16); plateau(factor=0.5, patience=0, threshold=0.9) | adam(0.01)",
        "mlp(16); loss_scale(init_scale=1e38, growth_interval=2) | sgd(0.1)",
        "mlp(16); layer_decay(0.5) | unfreeze(every=4) | adam(0.01)",
        "mlp(16, dropout=0.2); dp(clip=0.5, noise=0.7) | momentum(0.1)",
        "conv2d(4, 3) | batch_norm | relu | max_pool(2) | flatten | dropout(0.3) | dense(10);"
            + " clip_norm(1) | adam(lr=0.01)",
        "reshape(8, 8) | lstm(8) | last | dense(10); rmsprop(lr=0.01, momentum=0.5)",
        "reshape(8, 8) | encoder(heads=2, hidden=16) | global_average_pool | dense(10);"
            + " clip_value(0.1) | ema(0.9) | adam(lr=0.01)",
        "mlp(8); lion(lr=one_cycle(1e-3))",
        "mlp(8); adadelta",
        "mlp(8); lamb(lr=0.01)",
        "mlp(8); ftrl(lr=0.1)",
        "mlp(8); adopt(lr=0.01)",
        "mlp(8); muon(lr=0.02) for rank<2: adamw(lr=0.01)",
        "conv2d(4, 3) | relu | flatten | dense(10); schedule_free_adamw(lr=0.01)",
        "mlp(8); dog",
        "mlp(16, dropout=0.2); sam(clip_norm(1) | adamw(lr=0.01), rho=0.1)",
        "conv2d(4, 3) | batch_norm | relu | max_pool(2) | flatten | dense(10);"
            + " gsam(momentum(0.05))",
        "mlp(8); polyak",
        "mlp(8); lbfgs",
        "mlp(8); lookahead(adam(lr=0.01))",
        "mlp(8); ema_weights(decay=0.9) | momentum(lr=0.05)",
        "mlp(8); adamw(lr=0.01) for '*.bias': lr=0.1",
      })
  void withTheSameBits(String model, String optimizer) {
    var random = new Random(model.hashCode());
    int steps = EPOCHS * 7;
    int first = 1 + random.nextInt(steps - 2);
    assertResumes(
        rows(),
        TRAINER,
        Models.parse(model, 10),
        Optimizer.parse(optimizer),
        first,
        first + 1L + random.nextInt(steps - first - 1));
  }

  /// In the first, within, at the end of and after an epoch of seven steps.
  @ParameterizedTest
  @CsvSource({"1", "6", "7", "8", "14", "20"})
  void fromAnyStep(long stop) {
    assertResumes(rows(), TRAINER, MODEL, ADAM, stop);
  }

  @Test
  void withAValidationPartPatienceAndFiguresOfOnesOwn() {
    Trainer trainer =
        TRAINER
            .withEpochs(40)
            .withPatience(2)
            .withValidation(0.3)
            .withMetric("worst", outcomes -> outcomes.rows() * 0.5);
    FittedModel whole = rows().fit(trainer, MODEL, Optimizer.parse("adam(lr=0.3)"));
    assertThat(whole.history().orElseThrow().reason()).isEqualTo(StopReason.PATIENCE);
    long steps = whole.history().orElseThrow().steps();
    assertResumes(rows(), trainer, MODEL, Optimizer.parse("adam(lr=0.3)"), 3, steps / 2, steps - 1);
  }

  @ParameterizedTest
  @CsvSource({"flip | crop(1)", "rotate(20) | brightness(0.2)", "mixup(0.4)"})
  void withImagesThatAreChangedInEachEpoch(String augmentation) {
    assertResumes(
        rows(),
        TRAINER.withAugmentation(Augmentation.parse(augmentation)),
        Models.parse("conv2d(4, 3) | relu | flatten | dense(10)", 10),
        ADAM,
        3,
        11);
  }

  @Test
  void withBatchesThatAreDrawnWithReplacement() {
    assertResumes(rows(), TRAINER.withSampling(Sampling.REPLACEMENT), MODEL, ADAM, 4, 17);
  }

  @Test
  void withRowsThatAreReadFromAFileAndShuffledOnTheWay() throws IOException {
    Path file = folder.resolve("rows.csv");
    var random = new Random(3);
    var lines = new ArrayList<String>(List.of("a,b,y"));
    for (int i = 0; i < 200; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      lines.add(a + "," + b + "," + (2 * a - b + 0.1 * random.nextGaussian()));
    }
    Files.write(file, lines);
    Data stream =
        (trainer, model, optimizer) -> {
          RowSource rows = CsvStream.open(file, TableOptions.target("y")).shuffled(7, 50);
          return trainer.fit(model, Losses.mse(), optimizer, rows);
        };
    assertResumes(stream, TRAINER, Models.parse("mlp(8)", 1), ADAM, 5, 20);
  }

  @Test
  void withOtherThreadsAndKernels() {
    FittedModel whole = rows().fit(TRAINER, MODEL, ADAM);
    Trainer saved = TRAINER.withCheckpoints(Checkpoints.in(folder));
    rows().fit(stopping(saved.withEngine(Engine.of("auto", 1)), 10), MODEL, ADAM);
    FittedModel resumed =
        rows().fit(saved.resume(folder).withEngine(Engine.of("scalar", 3)), MODEL, ADAM);
    assertThat(resumed.network().sameWeights(whole.network())).isTrue();
  }

  /// A step later the thread is interrupted: what is saved is whole, and the thread stays
  /// interrupted.
  @Test
  void afterAnInterrupt() {
    Trainer saved = TRAINER.withCheckpoints(Checkpoints.in(folder));
    FittedModel stopped =
        rows()
            .fit(
                saved.withCallback(event -> {
                  if (event instanceof TrainingEvent.StepEnded ended && ended.step() == 9) {
                    Thread.currentThread().interrupt();
                  }
                }),
                MODEL,
                ADAM);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stopped.history().orElseThrow().reason()).isEqualTo(StopReason.INTERRUPT);
    FittedModel resumed = rows().fit(saved.resume(folder), MODEL, ADAM);
    assertThat(resumed.network().sameWeights(rows().fit(TRAINER, MODEL, ADAM).network())).isTrue();
  }

  @Test
  void aFinishedTrainingGoesOnWithMoreEpochs() {
    Optimizer optimizer = Optimizer.parse("adamw(lr=0.01)");
    Trainer saved = TRAINER.withCheckpoints(Checkpoints.in(folder).everySteps(4));
    rows().fit(saved, MODEL, optimizer);
    FittedModel longer = rows().fit(saved.resume(folder).withEpochs(5), MODEL, optimizer);
    FittedModel whole = rows().fit(TRAINER.withEpochs(5), MODEL, optimizer);
    assertThat(longer.network().sameWeights(whole.network())).isTrue();
    FittedModel again = rows().fit(saved.resume(folder).withEpochs(5), MODEL, optimizer);
    assertThat(again.network().sameWeights(whole.network())).isTrue();
    assertThat(again.history().orElseThrow().steps()).isEqualTo(35);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Test
  void theLastAndTheBestAreKept() throws IOException {
    var saved = new ArrayList<Long>();
    rows()
        .fit(
            TRAINER
                .withEpochs(4)
                .withCheckpoints(Checkpoints.in(folder).everySteps(7).keeping(2))
                .withCallback(event -> {
                  if (event instanceof TrainingEvent.Saved file) {
                    saved.add(file.step());
                  }
                }),
            MODEL,
            // Diverges slowly: the first epoch is the best.
            Optimizer.parse("sgd(lr=piecewise((0.05, 5), (7,)))"));
    assertThat(saved).containsExactly(7L, 14L, 21L, 28L, 28L);
    assertThat(files())
        .containsExactly(
            "step-000000007.safetensors",
            "step-000000021.safetensors",
            "step-000000028.safetensors");
  }

  /// The best is still known when the training goes on.
  @Test
  void theBestIsKeptAlsoByOneThatGoesOn() throws IOException {
    Optimizer worse = Optimizer.parse("sgd(lr=piecewise((0.05, 5), (7,)))");
    Trainer saved =
        TRAINER.withEpochs(6).withCheckpoints(Checkpoints.in(folder).everySteps(7).keeping(2));
    rows().fit(stopping(saved, 21), MODEL, worse);
    rows().fit(saved.resume(folder), MODEL, worse);
    assertThat(files())
        .containsExactly(
            "step-000000007.safetensors",
            "step-000000035.safetensors",
            "step-000000042.safetensors");
  }

  @Test
  void nothingIsWrittenOfATrainingThatIsNotStoppedUnlessItIsAskedFor() throws IOException {
    rows().fit(TRAINER.withCheckpoints(Checkpoints.in(folder)), MODEL, ADAM);
    assertThat(files()).isEmpty();
    rows()
        .fit(
            TRAINER.withCheckpoints(Checkpoints.in(folder).every(Duration.ofHours(1))),
            MODEL,
            ADAM);
    assertThat(files()).containsExactly("step-000000021.safetensors");
  }

  /// Every byte of a checkpoint counts, and so does its length.
  @Test
  void aDamagedOneIsFoundAndTheOneBeforeTaken() throws IOException {
    Trainer saved = TRAINER.withCheckpoints(Checkpoints.in(folder).everySteps(5).keeping(3));
    FittedModel whole = rows().fit(saved, MODEL, ADAM);
    Path newest = folder.resolve("step-000000021.safetensors");
    byte[] good = Files.readAllBytes(newest);
    var random = new Random(11);
    for (int i = 0; i < 60; i++) {
      byte[] bad = good.clone();
      if (i % 3 == 0) {
        bad = Arrays.copyOf(bad, random.nextInt(bad.length));
      } else {
        bad[random.nextInt(i % 3 == 1 ? 2000 : bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(newest, bad);
      assertThat(Checkpoint.newest(folder).orElseThrow().step()).as("damage %d", i).isEqualTo(20);
    }
    var damaged = new ArrayList<String>();
    FittedModel resumed =
        rows()
            .fit(
                saved
                    .resume(folder)
                    .withCallback(event -> {
                      if (event instanceof TrainingEvent.Resumed from) {
                        damaged.addAll(from.damaged());
                      }
                    }),
                MODEL,
                ADAM);
    assertThat(damaged).hasSize(1);
    assertThat(damaged.getFirst()).startsWith(newest.toString());
    assertThat(resumed.network().sameWeights(whole.network())).isTrue();
    assertThat(Files.readAllBytes(newest)).hasSameSizeAs(good);
  }

  private void stopAt(long step) {
    rows().fit(stopping(TRAINER.withCheckpoints(Checkpoints.in(folder)), step), MODEL, ADAM);
  }

  private void assertRefused(String sentence, Runnable training) {
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(training::run)
        .withMessageContaining(sentence);
  }

  @Test
  void whatDoesNotBelongTogetherIsRefusedAndNothingDamaged() throws IOException {
    assertRefused(
        folder + ": expected a checkpoint to go on from, found none",
        () -> rows().fit(TRAINER.resume(folder), MODEL, ADAM));
    stopAt(9);
    byte[] before = Files.readAllBytes(folder.resolve("step-000000009.safetensors"));
    Trainer on = TRAINER.resume(folder);
    assertRefused(
        "was made with seed 5, this training has 6", () -> rows().fit(on.withSeed(6), MODEL, ADAM));
    assertRefused(
        "was made with steps an epoch 7, this training has 6",
        () -> rows().fit(on.withBatchSize(30), MODEL, ADAM));
    assertRefused(
        "was made with model dense(16, relu)",
        () -> rows().fit(on, Models.parse("mlp(17)", 10), ADAM));
    assertRefused(
        "was made with optimizer adamw(lr=cosine(0.01)), this training has adam(",
        () -> rows().fit(on, MODEL, Optimizer.parse("adam")));
    assertRefused(
        "was made with loss softmax_cross_entropy, this training has",
        () ->
            on.fit(
                MODEL, Losses.parse("softmax_cross_entropy(label_smoothing=0.1)"), ADAM, DIGITS));
    assertRefused(
        "expected at least the 2 epochs that are over, found 1",
        () -> {
          stopAt(15);
          rows().fit(on.withEpochs(1), MODEL, ADAM);
        });
    Files.delete(folder.resolve("step-000000015.safetensors"));
    float[] pixels = DIGITS.x().clone();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] += i % 64 == 20 ? 1 : 0;
    }
    Dataset changed =
        Dataset.classification("digits", pixels, 64, DIGITS.labels(), DIGITS.classNames());
    assertRefused(
        "the data are not those that it was made with: epoch 2 begins with another batch",
        () -> on.withStandardize(false).fit(MODEL, Losses.softmaxCrossEntropy(), ADAM, changed));
    assertThat(Files.readAllBytes(folder.resolve("step-000000009.safetensors"))).isEqualTo(before);
  }

  @Test
  void oneOfALaterVersionIsRefused() {
    stopAt(9);
    Path file = folder.resolve("step-000000009.safetensors");
    Safetensors content = Safetensors.readChecked(file);
    Map<String, String> later = new LinkedHashMap<>(content.metadata());
    later.remove("crc32c");
    later.computeIfPresent("thalweg", (name, json) -> json.replace("\"format\":1", "\"format\":2"));
    Map<String, SafetensorsArray> arrays = new LinkedHashMap<>(content.arrays());
    Safetensors.writeChecked(file, arrays, later);
    assertRefused("in format 2; this is ", () -> rows().fit(TRAINER.resume(folder), MODEL, ADAM));
  }

  @Test
  void twoTrainingsDoNotWriteToOneFolder() {
    Trainer saved = TRAINER.withCheckpoints(Checkpoints.in(folder).everySteps(100));
    var sentences = new ArrayList<String>();
    rows()
        .fit(
            saved.withCallback(event -> {
              if (event instanceof TrainingEvent.StepEnded ended && ended.step() == 3) {
                try {
                  rows().fit(saved, MODEL, ADAM);
                } catch (RunException e) {
                  sentences.add(String.valueOf(e.getMessage()));
                }
              }
            }),
            MODEL,
            ADAM);
    assertThat(sentences)
        .containsExactly(folder + ": another training is writing its checkpoints there");
  }

  /// A file stands where the folder should be.
  @Test
  void aPlaceThatCannotBeWrittenIsSaidAtOnceOrDoesNotEndTheTraining() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertRefused(
        file + ": can't be written",
        () -> rows().fit(TRAINER.withCheckpoints(Checkpoints.in(file).everySteps(3)), MODEL, ADAM));
    var reasons = new ArrayList<String>();
    FittedModel fitted =
        rows()
            .fit(
                TRAINER
                    .withCheckpoints(Checkpoints.in(folder.resolve("own")).everySteps(10))
                    .withCallback(event -> {
                      if (event instanceof TrainingEvent.StepEnded ended && ended.step() == 5) {
                        replace(folder.resolve("own"));
                      } else if (event instanceof TrainingEvent.NotSaved failed) {
                        reasons.add(failed.step() + " " + failed.reason());
                      }
                    }),
                MODEL,
                ADAM);
    assertThat(fitted.history().orElseThrow().steps()).isEqualTo(21);
    assertThat(reasons).hasSize(3);
    assertThat(reasons.getFirst()).startsWith("10 " + folder.resolve("own"));
  }

  private static void replace(Path folder) {
    try {
      Files.delete(folder.resolve(".lock"));
      Files.delete(folder);
      Files.createFile(folder);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void settingsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checkpoints.in(folder).everySteps(-1))
        .withMessage("checkpoints: expected steps and interval of at least 0, found -1 and PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checkpoints.in(folder).keeping(0))
        .withMessage("checkpoints: kept must be at least 1, found 0");
    assertThat(Checkpoints.in(folder).everySteps(5).every(Duration.ofSeconds(30)))
        .hasToString("checkpoints every 5 steps and every 30.0 s");
    assertThat(Checkpoints.in(folder)).hasToString("checkpoints when stopped");
  }

  /// 292 years are more nanoseconds than a long has.
  @Test
  void anyTimeBetweenTwoIsFine() {
    Trainer seldom =
        TRAINER.withCheckpoints(Checkpoints.in(folder).every(Duration.ofSeconds(Long.MAX_VALUE)));
    assertThat(rows().fit(seldom, MODEL, ADAM).history()).isPresent();
  }
}
