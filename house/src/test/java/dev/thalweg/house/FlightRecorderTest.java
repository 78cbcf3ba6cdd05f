package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A JVM that records from its start on, as its user types it: events are instrumented while their
/// classes are loaded.
class FlightRecorderTest {
  @Test
  void aTrainingIsRecordedFromTheStartOfTheJvm(@TempDir Path place) throws Exception {
    Path source = place.resolve("Train.java");
    Files.writeString(
        source,
        """
        import dev.thalweg.data.Datasets;
        import dev.thalweg.nn.*;
        import dev.thalweg.optim.Optimizer;
        import dev.thalweg.train.Trainer;

        class Train {
          public static void main(String[] arguments) {
            Trainer.defaults().withEpochs(1).fit(
                Models.parse("linear", 3), Losses.softmaxCrossEntropy(),
                Optimizer.parse("sgd(0.1)"), Datasets.named("iris"));
            System.out.println("trained");
          }
        }
        """);
    Jvm.compile(source);
    Path file = place.resolve("training.jfr");
    Jvm.Outcome outcome =
        Jvm.java(
            place,
            List.of(
                "-XX:StartFlightRecording:filename=" + file,
                "-Xlog:jfr*=off",
                "-cp",
                place + File.pathSeparator + Jvm.libraryPath(),
                "Train"));
    assertThat(outcome.lines()).as(outcome.errors()).contains("trained");
    assertThat(RecordingFile.readAllEvents(file))
        .extracting(event -> event.getEventType().getName())
        .contains("dev.thalweg.Step", "dev.thalweg.Optimizer");
  }
}
