package dev.thalweg.cli;

import dev.thalweg.train.Inspector;
import dev.thalweg.train.RunException;
import dev.thalweg.train.StepView;
import dev.thalweg.train.TrainingEvent;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a training writes for others beside its run. One that can't be begun ends the training at
/// its first step; where it can't be written any more later on, as on a full disk, that is said
/// once, and the training goes on without it.
final class SideOutput implements Consumer<TrainingEvent>, Inspector, AutoCloseable {

  private final Consumer<TrainingEvent> log;
  private final @Nullable Inspector looks;
  private final Runnable end;
  private final Consumer<String> note;
  private boolean begun;
  private boolean broken;

  /// @param looks what of it looks at steps, if anything does
  /// @param end writes what is left
  /// @param note takes a sentence for the user
  SideOutput(
      Consumer<TrainingEvent> log, @Nullable Inspector looks, Runnable end, Consumer<String> note) {
    this.log = log;
    this.looks = looks;
    this.end = end;
    this.note = note;
  }

  @Override
  public void accept(TrainingEvent event) {
    attempt(() -> log.accept(event));
    begun = begun || event instanceof TrainingEvent.StepEnded;
  }

  @Override
  public boolean wants(long step) {
    return !broken && looks != null && looks.wants(step);
  }

  @Override
  public boolean readsNotes() {
    return looks != null && looks.readsNotes();
  }

  @Override
  public void inspect(StepView view) {
    if (looks != null) {
      attempt(() -> looks.inspect(view));
    }
  }

  private void attempt(Runnable work) {
    if (broken) {
      return;
    }
    try {
      work.run();
    } catch (RunException | UncheckedIOException e) {
      broken = true;
      if (!begun) {
        throw e;
      }
      note.accept(e.getMessage() + "; the training goes on without it");
    }
  }

  @Override
  public void close() {
    try {
      end.run();
    } catch (RunException | UncheckedIOException e) {
      if (!broken) {
        note.accept(e.getMessage() + "; its last lines are missing");
      }
    }
  }
}
