package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.train.StopReason;
import dev.thalweg.train.TrainingEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is said of a training that can't be saved, as on a full disk.
class RunInterruptTest {

  private static final Path RUN = Path.of("runs/a");

  private final List<String> said = new ArrayList<>();
  private final RunInterrupt interrupt = new RunInterrupt(said::add);

  private void saved(long step) {
    interrupt.accept(new TrainingEvent.Saved(RUN, step, 0));
  }

  private void notSaved(long step) {
    interrupt.accept(new TrainingEvent.NotSaved(step, "no space"));
  }

  private void stopped() {
    interrupt.accept(new TrainingEvent.Stopped(StopReason.CONDITION));
  }

  @Test
  void isSaidOnceUntilItIsSavedAgain() {
    interrupt.accept(new TrainingEvent.Started(9, 10, 320, 5));
    saved(10);
    notSaved(20);
    notSaved(30);
    saved(40);
    saved(50);
    notSaved(60);
    assertThat(said)
        .containsExactly(
            "step 20 could not be saved: no space; the training goes on",
            "step 40 was saved",
            "step 60 could not be saved: no space; the training goes on");
  }

  @Test
  void goesOnFromWhatWasSavedBefore() {
    interrupt.accept(new TrainingEvent.Started(9, 10, 320, 5));
    saved(10);
    interrupt.stop();
    notSaved(14);
    stopped();
    assertThat(said).isEmpty();
    assertThat(interrupt.saved(RUN))
        .contains(
            "interrupted, and the training could not be saved: no space; 'thalweg resume runs/a'"
                + " goes on after step 10");
  }

  @Test
  void goesOnFromWhereItWentOn() {
    interrupt.accept(new TrainingEvent.Started(9, 10, 320, 5));
    interrupt.accept(new TrainingEvent.Resumed(RUN, 0, 7, 70, List.of()));
    interrupt.stop();
    notSaved(9);
    stopped();
    assertThat(interrupt.saved(RUN))
        .hasValueSatisfying(said -> assertThat(said).contains("step 7"));
  }

  @Test
  void nothingGoesOnWhereNothingWasSaved() {
    interrupt.accept(new TrainingEvent.Started(9, 10, 320, 5));
    interrupt.stop();
    notSaved(4);
    stopped();
    assertThat(interrupt.saved(RUN)).isEmpty();
    assertThat(interrupt.unsaved())
        .contains("interrupted, and the training could not be saved: no space");
  }
}
