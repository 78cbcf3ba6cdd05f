package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.train.TrainingEvent;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void isShownOnStandardErrorAlone() {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            InputStream.nullInputStream(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            new Screen(true, 80, false),
            name -> null);
    try (var progress = new Progress(surroundings, "samples")) {
      progress.accept(new TrainingEvent.Started(2, 10, 100, 7));
      progress.accept(new TrainingEvent.StepEnded(1, 1, 10, 0.5));
    }
    assertThat(err.toString(UTF_8)).contains("epoch 1/2").contains("loss 0.5");
    assertThat(out.size()).isZero();
  }
}
