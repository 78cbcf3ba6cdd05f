package dev.thalweg.cli;

import dev.thalweg.train.GridSearch;
import dev.thalweg.train.TrainingEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Feeds a [ProgressBar] with what happens in a training, and a [GridBar] in a search.
final class Progress implements Consumer<TrainingEvent>, AutoCloseable {

  private final Surroundings surroundings;
  private final String unit;
  private @Nullable ProgressBar bar;
  private @Nullable GridBar gridBar;
  private int epoch;

  /// Samples of the epoch under way that were seen before the training was stopped.
  private long before;

  private long samples;
  private double lossSum;

  /// @param unit what is counted: samples
  Progress(Surroundings surroundings, String unit) {
    this.surroundings = surroundings;
    this.unit = unit;
  }

  @Override
  public synchronized void accept(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Started started ->
          bar =
              new ProgressBar(
                  surroundings.err(),
                  surroundings.screen(),
                  System::nanoTime,
                  started.epochs(),
                  started.samplesPerEpoch(),
                  unit);
      case TrainingEvent.StepEnded step -> step(step);
      case TrainingEvent.Resumed resumed -> {
        epoch = resumed.epochs() + 1;
        before = resumed.samplesOfEpoch();
        if (bar != null) {
          bar.goOn(epoch, before);
        }
      }
      case TrainingEvent.StartedFrom _,
          TrainingEvent.Unreached _,
          TrainingEvent.WholeTables _,
          TrainingEvent.EpochEnded _,
          TrainingEvent.Saved _,
          TrainingEvent.NotSaved _ -> {}
      case TrainingEvent.Stopped _ -> close();
    }
  }

  /// Shows the mean loss of the epoch so far: that of one batch jumps about.
  private void step(TrainingEvent.StepEnded step) {
    if (step.epoch() != epoch) {
      epoch = step.epoch();
      before = 0;
      samples = 0;
      lossSum = 0;
    }
    samples += step.samples();
    lossSum += step.loss() * step.samples();
    if (bar != null) {
      bar.update(epoch, before + samples, lossSum / samples);
    }
  }

  /// Shows how far a search is.
  synchronized void grid(GridSearch.Progress progress) {
    if (gridBar == null) {
      gridBar = new GridBar(surroundings.err(), surroundings.screen(), System::nanoTime, progress);
    } else {
      gridBar.update(progress);
    }
  }

  /// Ends the line of a search.
  synchronized void endGrid() {
    if (gridBar != null) {
      gridBar.close();
      gridBar = null;
    }
  }

  /// Ends the line, also where training failed or was interrupted; says nothing afterwards.
  @Override
  public synchronized void close() {
    endGrid();
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
