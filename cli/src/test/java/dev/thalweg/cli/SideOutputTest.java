package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.train.Inspector;
import dev.thalweg.train.TrainingEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A training goes on without what can't be written any more.
class SideOutputTest {

  private static final TrainingEvent STEP = new TrainingEvent.StepEnded(1, 1, 32, 0.5);

  private final List<String> said = new ArrayList<>();
  private boolean full;
  private int written;

  private void write() {
    if (full) {
      throw new UncheckedIOException("m.csv: no space", new IOException());
    }
    written++;
  }

  private SideOutput output() {
    return new SideOutput(
        event -> write(), Inspector.every(1, view -> write()), this::write, said::add);
  }

  @Test
  void whatBreaksIsSaidOnceAndLeftOut() {
    var output = output();
    output.accept(STEP);
    assertThat(output.wants(2)).isTrue();
    full = true;
    output.accept(STEP);
    full = false;
    output.accept(STEP);
    full = true;
    output.close();
    assertThat(written).isEqualTo(1);
    assertThat(output.wants(3)).isFalse();
    assertThat(said).containsExactly("m.csv: no space; the training goes on without it");
  }

  @Test
  void whatIsMissingAtItsEndIsSaid() {
    var output = output();
    output.accept(STEP);
    full = true;
    output.close();
    assertThat(said).containsExactly("m.csv: no space; its last lines are missing");
  }

  @Test
  void whatCannotBeBegunEndsTheTraining() {
    full = true;
    var output = output();
    assertThatThrownBy(() -> output.accept(STEP)).hasMessage("m.csv: no space");
    output.close();
    assertThat(said).isEmpty();
  }
}
