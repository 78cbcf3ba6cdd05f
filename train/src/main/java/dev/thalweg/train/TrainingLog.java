package dev.thalweg.train;

import dev.thalweg.kernels.NotNull;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/// What happens in a training, told to a logger as a server wants it: beginning, end, checkpoints
/// and what it goes on from at `INFO`, what could not be saved at `WARNING`, epochs at `DEBUG`,
/// steps at `TRACE`.
///
/// ```java
/// trainer.withCallback(TrainingLog.to(System.getLogger("training")))
/// ```
///
/// Texts are made only where the logger takes their level.
public final class TrainingLog implements Consumer<TrainingEvent> {

  private final Logger logger;

  private TrainingLog(Logger logger) {
    this.logger = logger;
  }

  /// One that tells this logger.
  public static TrainingLog to(Logger logger) {
    NotNull.check(logger, "logger");
    return new TrainingLog(logger);
  }

  @Override
  public void accept(TrainingEvent event) {
    NotNull.check(event, "event");
    Level level =
        switch (event) {
          case TrainingEvent.StepEnded _ -> Level.TRACE;
          case TrainingEvent.EpochEnded _ -> Level.DEBUG;
          case TrainingEvent.NotSaved _, TrainingEvent.Unreached _ -> Level.WARNING;
          case TrainingEvent.Started _,
              TrainingEvent.StartedFrom _,
              TrainingEvent.WholeTables _,
              TrainingEvent.Resumed _,
              TrainingEvent.Saved _,
              TrainingEvent.Stopped _ ->
              Level.INFO;
        };
    if (logger.isLoggable(level)) {
      logger.log(level, text(event));
    }
  }

  private static String text(TrainingEvent event) {
    return switch (event) {
      case TrainingEvent.Started s ->
          "training of %d parameters begins: at most %d epochs of %d steps"
              .formatted(s.parameters(), s.epochs(), s.stepsPerEpoch());
      case TrainingEvent.StartedFrom from -> from.toString();
      case TrainingEvent.Unreached cut -> cut.toString();
      case TrainingEvent.WholeTables moved -> moved.toString();
      case TrainingEvent.Resumed r ->
          "training goes on after step %d from %s".formatted(r.step(), r.file())
              + (r.damaged().isEmpty() ? "" : "; " + String.join("; ", r.damaged()));
      case TrainingEvent.StepEnded s ->
          "step %d of epoch %d: loss %s".formatted(s.step(), s.epoch(), s.loss());
      case TrainingEvent.EpochEnded e -> e.epoch().toString();
      case TrainingEvent.Saved s ->
          "step %d was saved as %s in %.3f s".formatted(s.step(), s.file(), s.seconds());
      case TrainingEvent.NotSaved n ->
          "step %d could not be saved: %s".formatted(n.step(), n.reason());
      case TrainingEvent.Stopped s -> "training ended: " + s.reason();
    };
  }
}
