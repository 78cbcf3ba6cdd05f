package dev.thalweg.cli;

import dev.thalweg.train.MetricsLog;
import dev.thalweg.train.TensorBoardLog;
import dev.thalweg.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a training can be followed while it runs. None of it changes what it comes to.
final class FollowOptions {

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

  /// What follows one training.
  static final class Following implements AutoCloseable {
    private final List<AutoCloseable> open = new ArrayList<>();
    private UnaryOperator<Trainer> how = UnaryOperator.identity();

    private void add(AutoCloseable follower, UnaryOperator<Trainer> more) {
      open.add(follower);
      var before = how;
      how = trainer -> more.apply(before.apply(trainer));
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
  Following follow(RunConfig config) {
    var following = new Following();
    if (metrics != null) {
      var log = MetricsLog.to(metrics);
      following.add(log, trainer -> trainer.withCallback(log));
    }
    if (tensorboard != null) {
      var name = tensorboard.toAbsolutePath().normalize().getFileName();
      var board =
          TensorBoardLog.in(tensorboard)
              .withHyperparameters(name == null ? "run" : name.toString(), config.options());
      following.add(board, board::on);
    }
    return following;
  }
}
