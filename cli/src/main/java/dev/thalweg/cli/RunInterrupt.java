package dev.thalweg.cli;

import dev.thalweg.train.StopReason;
import dev.thalweg.train.TrainingEvent;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// A training that is asked to end when the JVM is: whoever asks waits until it has ended after its
/// step and was saved, or is done and its run is written.
final class RunInterrupt implements Consumer<TrainingEvent> {

  private final Consumer<String> note;
  private boolean asked;

  /// Whether a training runs, or what it came to is still being written.
  private boolean busy;

  private boolean stopped;
  private int epochs;
  private int epoch = 1;
  private long savedStep;
  private Optional<String> obstacle = Optional.empty();

  /// @param note takes a sentence for the user
  RunInterrupt(Consumer<String> note) {
    this.note = note;
  }

  @Override
  public synchronized void accept(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started -> {
        busy = true;
        epochs = started.epochs();
      }
      case TrainingEvent.Resumed resumed -> {
        savedStep = resumed.step();
        epoch = Math.min(epochs, resumed.epochs() + 1);
        resumed.damaged().forEach(note);
        note.accept(
            String.format(
                Locale.ROOT,
                "goes on after step %,d, in epoch %d of %d",
                resumed.step(),
                epoch,
                epochs));
      }
      case TrainingEvent.StartedFrom from -> note.accept(from.toString());
      case TrainingEvent.Unreached cut -> note.accept(cut.toString());
      case TrainingEvent.WholeTables moved -> note.accept(moved.toString());
      case TrainingEvent.StepEnded step -> epoch = step.epoch();
      case TrainingEvent.EpochEnded _ -> {}
      case TrainingEvent.Saved saved -> {
        savedStep = saved.step();
        if (obstacle.isPresent() && !asked) {
          note.accept(String.format(Locale.ROOT, "step %,d was saved", savedStep));
        }
        obstacle = Optional.empty();
      }
      case TrainingEvent.NotSaved failed -> {
        var known = obstacle.isPresent();
        obstacle = Optional.of(failed.reason());
        if (!asked && !known) {
          note.accept(
              String.format(
                  Locale.ROOT,
                  "step %,d could not be saved: %s; the training goes on",
                  failed.step(),
                  failed.reason()));
        }
      }
      case TrainingEvent.Stopped end -> stopped = end.reason() == StopReason.CONDITION;
    }
  }

  /// Asks, without waiting.
  synchronized void stop() {
    asked = true;
  }

  /// Whether the training is to end.
  synchronized boolean isAsked() {
    return asked;
  }

  /// Whether it has ended for that.
  synchronized boolean isStopped() {
    return stopped;
  }

  /// Asks, and waits.
  synchronized void ask() {
    asked = true;
    try {
      while (busy) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// All is done, or given up.
  synchronized void over() {
    busy = false;
    notifyAll();
  }

  /// What to say of a training that was saved, if it was.
  synchronized Optional<String> saved(Path run) {
    if (stopped && savedStep > 0 && obstacle.isPresent()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "interrupted, and the training could not be saved: %s; 'thalweg resume %s' goes on"
                  + " after step %,d",
              obstacle.get(),
              run,
              savedStep));
    }
    return stopped && savedStep > 0
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "interrupted after step %,d, in epoch %d of %d; 'thalweg resume %s' goes on",
                savedStep,
                epoch,
                epochs,
                run))
        : Optional.empty();
  }

  /// What to say of one that could not be.
  synchronized Optional<String> unsaved() {
    return obstacle.map(reason -> "interrupted, and the training could not be saved: " + reason);
  }
}
