package dev.thalweg.cli;

import dev.thalweg.cli.watch.OtherRun;
import dev.thalweg.cli.watch.WatchServer;
import dev.thalweg.cli.watch.WatchedTraining;
import dev.thalweg.train.Inspector;
import dev.thalweg.train.MetricsLog;
import dev.thalweg.train.RunException;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.StepExplanation;
import dev.thalweg.train.StepView;
import dev.thalweg.train.TensorBoardLog;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a training can be followed while it runs. None of it changes what it comes to.
final class FollowOptions {

  /// Other runs that a page offers.
  private static final int OTHERS = 12;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      order = 74,
      converter = Values.PathText.class,
      description =
          "Write the figures of each step and each epoch to this file while it trains: as CSV, or"
              + " as JSON lines where its name ends in .jsonl.")
  @Nullable Path metrics;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      order = 75,
      converter = Values.PathText.class,
      description =
          "Write an event file for TensorBoard into this folder: loss, scores, rate, norms of"
              + " weights, gradients and updates, histograms, filters, hyperparameters.")
  @Nullable Path tensorboard;

  @Option(
      names = "--explain",
      order = 77,
      description =
          "Tell twenty times in the training what a step did: the gradient, what each stage made of"
              + " it, effective rates, noise, and the largest curvature against what the rate"
              + " bears, with a warning before the training diverges.")
  boolean explain;

  @Option(
      names = "--watch",
      order = 76,
      description =
          "Show the training on a page of this machine while it runs, at an address that is"
              + " printed: loss, scores, rate, norms by layer, with buttons to save and to stop"
              + " it.")
  boolean watch;

  /// What follows one training.
  static final class Following implements AutoCloseable {
    private final List<AutoCloseable> open = new ArrayList<>();
    private UnaryOperator<Trainer> how = UnaryOperator.identity();
    private BooleanSupplier save = () -> false;

    private void add(AutoCloseable follower, UnaryOperator<Trainer> more) {
      open.add(follower);
      var before = how;
      how = trainer -> more.apply(before.apply(trainer));
    }

    /// Whether the training is to be saved now.
    boolean isToSave() {
      return save.getAsBoolean();
    }

    /// Has a training followed.
    Trainer on(Trainer trainer) {
      return how.apply(trainer);
    }

    @Override
    public void close() {
      for (var each : open) {
        try {
          each.close();
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /// Begins to follow a training.
  ///
  /// @throws java.io.UncheckedIOException if what is to be written can't be
  ///
  /// @param stop ends the training
  /// @param note takes a sentence for the user
  /// @param lines takes lines for the user
  Following follow(RunConfig config, Runnable stop, Consumer<String> note, Consumer<String> lines) {
    var following = new Following();
    if (explain) {
      var told = new Told(lines);
      following.add(() -> {}, trainer -> trainer.withCallback(told).withInspector(told));
    }
    if (metrics != null) {
      if (OutputFile.isStandardOutput(metrics) && Files.isRegularFile(metrics)) {
        // Opened again, it would be written from its beginning.
        throw Failure.usage(
            "--metrics %s: expected another file than that of the report, which would be written over it"
                .formatted(metrics));
      }
      var log = MetricsLog.to(metrics);
      var kept = new SideOutput(log, null, log::close, note);
      following.add(kept, trainer -> trainer.withCallback(kept));
    }
    if (tensorboard != null) {
      var name = tensorboard.toAbsolutePath().normalize().getFileName();
      var board =
          TensorBoardLog.in(tensorboard)
              .withHyperparameters(name == null ? "run" : name.toString(), config.options());
      var kept = new SideOutput(board, board, board::close, note);
      following.add(kept, trainer -> trainer.withCallback(kept).withInspector(kept));
    }
    if (watch) {
      watched(config, following, stop, note);
    }
    return following;
  }

  /// Explains about twenty steps of a training.
  private static final class Told implements Consumer<TrainingEvent>, Inspector {
    private static final int TIMES = 20;
    private final Consumer<String> lines;
    private long every = 1;

    Told(Consumer<String> lines) {
      this.lines = lines;
    }

    @Override
    public void accept(TrainingEvent event) {
      if (event instanceof TrainingEvent.Started started) {
        every = Math.max(1, started.epochs() * started.stepsPerEpoch() / TIMES);
      }
    }

    @Override
    public boolean wants(long step) {
      return step == 1 || step % every == 0;
    }

    @Override
    public void inspect(StepView view) {
      lines.accept(StepExplanation.of(view) + "\n");
    }
  }

  private static void watched(
      RunConfig config, Following following, Runnable stop, Consumer<String> note) {
    var training =
        new WatchedTraining(
            config.data().title() + ": " + config.model(),
            config.data().pairs()
                ? "token accuracy"
                : config.data().transcripts()
                    ? "error rate"
                    : TextData.isMeant(config.data()) ? "bits per token" : "score");
    var server = WatchServer.begin(training, others());
    note.accept("watch it at " + server.address());
    following.save = training::isToSave;
    following.add(
        server,
        trainer ->
            trainer
                .withCallback(training)
                .withInspector(training)
                .withCallback(event -> {
                  if (training.isToStop()) {
                    stop.run();
                  }
                }));
  }

  /// The latest runs among the others.
  private static List<OtherRun> others() {
    var runs = Path.of("runs");
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (var folders = Files.list(runs)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve(RunFolder.METRICS)))
          .sorted(
              Comparator.comparingLong((Path folder) -> folder.toFile().lastModified()).reversed())
          .limit(OTHERS)
          .flatMap(FollowOptions::other)
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static Stream<OtherRun> other(Path folder) {
    try {
      return Stream.of(
          new OtherRun(String.valueOf(folder.getFileName()), RunFolder.readMetrics(folder)));
    } catch (RunException noRun) {
      return Stream.empty();
    }
  }
}
