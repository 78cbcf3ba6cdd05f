package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.formats.Json;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a training tells those who follow it.
class FollowedTrainingTest {

  /// 120 rows, 4 steps an epoch.
  private static final Dataset IRIS = Datasets.named("iris").split(0.8, 1).train();

  private static final Sequential MODEL = Models.parse("mlp(5)", 3);
  private static final Trainer TRAINER = Trainer.defaults().withEpochs(3).withSeed(2);

  @TempDir Path folder;

  private static FittedModel trained(Trainer trainer, String optimizer) {
    return trainer.fit(MODEL, Losses.softmaxCrossEntropy(), Optimizer.parse(optimizer), IRIS);
  }

  @Test
  void anInspectorSeesWhatAStepHasMadeOfTheWeightsAndChangesNothing() {
    List<StepView.Weights> seen = new ArrayList<>();
    List<Long> steps = new ArrayList<>();
    FittedModel watched =
        trained(
            TRAINER.withInspector(
                Inspector.every(
                    5,
                    view -> {
                      steps.add(view.step());
                      assertThat(view.hyperparameters()).containsEntry("lr", 0.1);
                      assertThat(view.loss(view.batch()).item()).isLessThan(5);
                      for (StepView.Weights each : view.weights()) {
                        float[] after = each.parameter().values().floats();
                        double squares = 0;
                        for (int i = 0; i < after.length; i++) {
                          assertThat(after[i])
                              .isCloseTo(
                                  each.before()[i] - 0.1f * each.gradient()[i], within(1e-6f));
                          squares += Math.pow(each.gradient()[i], 2);
                        }
                        assertThat(each.gradientNorm())
                            .isCloseTo(Math.sqrt(squares), within(1e-12));
                        assertThat(each.updateNorm())
                            .isCloseTo(0.1 * each.gradientNorm(), within(1e-6));
                        assertThat(each.ratio()).isEqualTo(each.updateNorm() / each.norm());
                        seen.add(each);
                      }
                    })),
            "sgd(0.1)");
    assertThat(steps).containsExactly(1L, 5L, 10L);
    assertThat(seen).hasSize(12);
    assertThat(seen.getFirst().name()).isEqualTo("1.weight");
    StepView.Weights first = seen.getFirst();
    double squares = 0;
    for (float w : first.before()) {
      squares += (double) w * w;
    }
    assertThat(first.norm()).isCloseTo(Math.sqrt(squares), within(1e-12));
    assertThat(watched.network().sameWeights(trained(TRAINER, "sgd(0.1)").network())).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> Inspector.every(0, view -> {}));
  }

  /// A logger that keeps what it is told.
  private static final class Kept implements System.Logger {
    private final List<String> lines = new ArrayList<>();
    private final Level least;

    Kept(Level least) {
      this.least = least;
    }

    @Override
    public String getName() {
      return "kept";
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.getSeverity() >= least.getSeverity();
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
      lines.add(level + " " + message);
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String format, Object @Nullable ... values) {
      lines.add(level + " " + format);
    }
  }

  @Test
  void aLoggerIsToldWhatItsLevelTakes() {
    var all = new Kept(System.Logger.Level.ALL);
    var few = new Kept(System.Logger.Level.INFO);
    var saved = TRAINER.withCheckpoints(Checkpoints.in(folder).everySteps(7));
    trained(saved.withCallback(TrainingLog.to(all)).withCallback(TrainingLog.to(few)), "sgd(0.1)");
    assertThat(few.lines.getFirst())
        .isEqualTo("INFO training of 43 parameters begins: at most 3 epochs of 4 steps");
    assertThat(few.lines.getLast()).isEqualTo("INFO training ended: epochs");
    assertThat(few.lines).hasSize(4).filteredOn(line -> line.contains("was saved")).hasSize(2);
    assertThat(all.lines).hasSize(4 + 12 + 3);
    assertThat(all.lines).anyMatch(line -> line.startsWith("TRACE step 12 of epoch 3: loss "));
    assertThat(all.lines).anyMatch(line -> line.startsWith("DEBUG epoch 2: loss "));
  }

  @Test
  void linesOfJsonHaveTheFiguresOfStepsAndEpochs() throws IOException {
    var file = folder.resolve("metrics.jsonl");
    FittedModel fitted;
    try (var log = MetricsLog.to(file)) {
      fitted =
          TRAINER
              .withMetric("odd", outcomes -> Double.NaN)
              .withCallback(log)
              .fit(MODEL, Losses.softmaxCrossEntropy(), Optimizer.parse("adam"), IRIS, IRIS);
    }
    List<Map<?, ?>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add((Map<?, ?>) Json.parse(line));
    }
    assertThat(lines).hasSize(15);
    var epoch = fitted.history().orElseThrow().epochs().getLast();
    assertThat(lines.getLast().get("event")).isEqualTo("epoch");
    assertThat(lines.getLast().get("loss")).isEqualTo(epoch.loss());
    assertThat(lines.getLast().get("validation_score"))
        .isEqualTo(epoch.validationScore().orElseThrow());
    assertThat(lines.getLast().get("metrics")).asString().isEqualTo("{odd=null}");
    assertThat(lines.getFirst().keySet())
        .hasToString("[event, epoch, step, samples, loss, seconds]");
  }

  /// An epoch with everything, and one with the least.
  private static final List<TrainingEvent> EVENTS =
      List.of(
          new TrainingEvent.Started(2, 3, 24, 99),
          new TrainingEvent.StepEnded(1, 1, 8, 0.5),
          new TrainingEvent.StepEnded(1, 2, 7, Double.NaN),
          new TrainingEvent.EpochEnded(
              new TrainingEvent.EpochRecord(
                  1,
                  2,
                  0.25,
                  0.75,
                  OptionalDouble.of(0.3),
                  OptionalDouble.of(0.7),
                  new TreeMap<>(Map.of("f1", 0.6)),
                  1.5,
                  1000)),
          new TrainingEvent.EpochEnded(
              new TrainingEvent.EpochRecord(
                  2,
                  4,
                  Double.POSITIVE_INFINITY,
                  Double.NaN,
                  OptionalDouble.empty(),
                  OptionalDouble.empty(),
                  new TreeMap<>(),
                  2.5,
                  1000)),
          new TrainingEvent.Stopped(StopReason.CONDITION));

  private List<String> written(String name) throws IOException {
    var file = folder.resolve(name);
    try (var log = MetricsLog.to(file)) {
      EVENTS.forEach(log);
    }
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceAll("0\\.\\d{6}(?=$|})", "SECONDS"))
        .toList();
  }

  @Test
  void eachFigureHasItsPlace() throws IOException {
    assertThat(written("figures.csv"))
        .containsExactly(
            "event,epoch,step,samples,loss,score,validation_loss,validation_score,seconds",
            "step,1,1,8,0.5,,,,SECONDS",
            "step,1,2,7,NaN,,,,SECONDS",
            "epoch,1,2,,0.25,0.75,0.3,0.7,1.5",
            "epoch,2,4,,Infinity,,,,2.5");
    assertThat(written("figures.JSONL"))
        .containsExactly(
            "{\"event\":\"step\",\"epoch\":1,\"step\":1,\"samples\":8,\"loss\":0.5,\"seconds\":SECONDS}",
            "{\"event\":\"step\",\"epoch\":1,\"step\":2,\"samples\":7,\"loss\":null,\"seconds\":SECONDS}",
            "{\"event\":\"epoch\",\"epoch\":1,\"step\":2,\"loss\":0.25,\"score\":0.75,\"validation_loss\":0.3,"
                + "\"validation_score\":0.7,\"seconds\":1.5,\"metrics\":{\"f1\":0.6}}",
            "{\"event\":\"epoch\",\"epoch\":2,\"step\":4,\"loss\":null,\"seconds\":2.5,\"metrics\":{}}");
  }

  /// Who follows sees a line at the latest a second after it.
  @Test
  void whatWaitsIsWrittenAtTheEndAndBefore() throws IOException {
    var file = folder.resolve("long.csv");
    try (var log = MetricsLog.to(file)) {
      for (int step = 1; step <= 5000; step++) {
        log.accept(new TrainingEvent.StepEnded(1, step, 8, 0.5));
      }
      // The first 2,048 are there, the last 904 wait.
      assertThat(Files.size(file)).isBetween(50_000L, 115_000L);
      log.accept(new TrainingEvent.Stopped(StopReason.EPOCHS));
      assertThat(Files.readAllLines(file)).hasSize(5001);
    }
  }

  /// What a thread of its own could not write is told to the training.
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full")
  void aFullDiskIsToldAtALaterStepOrTheEnd() {
    var log = MetricsLog.to(Path.of("/dev/full"));
    var step = new TrainingEvent.StepEnded(1, 1, 8, 0.5);
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> {
          for (int i = 0; i < 5000; i++) {
            log.accept(step);
          }
        })
        .withMessageStartingWith("/dev/full: can't be written: ");
    log.accept(step);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(log::close)
        .withMessageStartingWith("/dev/full: can't be written: ");
    log.close();
  }

  @Test
  void aLoggerHasALevelAndASentenceForEach() {
    var all = new Kept(System.Logger.Level.ALL);
    var log = TrainingLog.to(all);
    EVENTS.forEach(log);
    Path file = folder.resolve("step-7");
    log.accept(new TrainingEvent.Resumed(file, 1, 7, 3, List.of()));
    log.accept(new TrainingEvent.Resumed(file, 1, 7, 3, List.of("one is cut", "one is empty")));
    log.accept(new TrainingEvent.Saved(file, 7, 0.0125));
    log.accept(new TrainingEvent.NotSaved(8, "the disk is full"));
    log.accept(new TrainingEvent.StartedFrom(List.of("a"), List.of("b")));
    log.accept(new TrainingEvent.Unreached(List.of("c")));
    assertThat(all.lines)
        .containsExactly(
            "INFO training of 99 parameters begins: at most 2 epochs of 3 steps",
            "TRACE step 1 of epoch 1: loss 0.5",
            "TRACE step 2 of epoch 1: loss NaN",
            "DEBUG epoch 1: loss 0.2500, score 0.7500, validation loss 0.3000, score 0.7000,"
                + " f1 0.6000, 1.50 s",
            "DEBUG epoch 2: loss Infinity, 2.50 s",
            "INFO training ended: condition",
            "INFO training goes on after step 7 from " + file,
            "INFO training goes on after step 7 from " + file + "; one is cut; one is empty",
            "INFO step 7 was saved as " + file + " in 0.013 s",
            "WARNING step 8 could not be saved: the disk is full",
            "INFO starts from the weights of another model; new: a; frozen: b",
            "WARNING the loss does not depend on c, which stay as they are: it is not made of"
                + " them, or detach() cut them off");
  }

  @Test
  void csvGoesOnWhereATrainingIsResumed() throws IOException {
    var file = folder.resolve("metrics.csv");
    var saved = TRAINER.withCheckpoints(Checkpoints.in(folder.resolve("checkpoints")));
    try (var log = MetricsLog.to(file)) {
      trained(
          saved
              .withCallback(log)
              .withStopWhen(
                  event -> event instanceof TrainingEvent.StepEnded step && step.step() == 6),
          "sgd(0.1)");
    }
    try (var log = MetricsLog.to(file)) {
      trained(saved.resume(folder.resolve("checkpoints")).withCallback(log), "sgd(0.1)");
    }
    var lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1 + 12 + 3);
    assertThat(lines.getFirst())
        .isEqualTo("event,epoch,step,samples,loss,score,validation_loss,validation_score,seconds");
    assertThat(lines).allMatch(line -> line.split(",", -1).length == 9);
    assertThat(
            lines.stream().filter(line -> line.startsWith("step,")).map(l -> l.split(",", -1)[2]))
        .containsExactlyElementsOf(
            Stream.iterate(1, i -> i + 1).limit(12).map(i -> "" + i).toList());
    var nowhere = MetricsLog.to(folder.resolve("none").resolve("metrics.csv"));
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> trained(TRAINER.withCallback(nowhere), "sgd(0.1)"))
        .withMessageContaining("metrics.csv: can't be written");
  }

  @Test
  void theFlightRecorderHasStepsDataOptimizerAndCheckpoints() throws IOException {
    var file = folder.resolve("training.jfr");
    try (var recording = new Recording()) {
      for (String name : List.of("Step", "Data", "Optimizer", "Checkpoint")) {
        recording.enable("dev.thalweg." + name).withThreshold(Duration.ZERO);
      }
      recording.start();
      trained(
          TRAINER.withCheckpoints(Checkpoints.in(folder.resolve("saved")).everySteps(5)),
          "sgd(0.1)");
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(named(events, "Step")).hasSize(12);
    assertThat(named(events, "Optimizer")).hasSize(12);
    assertThat(named(events, "Data")).hasSize(12 + 3); // the last of an epoch finds none
    assertThat(named(events, "Checkpoint")).hasSize(3);
    assertThat(named(events, "Step").getLast().getLong("step")).isEqualTo(12);
    assertThat(named(events, "Step").getLast().getDouble("loss")).isGreaterThan(0);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("dev.thalweg." + name))
        .toList();
  }
}
