package dev.thalweg.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Vector kernels are made ready for a long training before it needs them, and for a short one they
/// are not. Results don't show it; a thread does.
class ExpectedKernelsTest {
  private static final String PROGRAM =
      """
      import static dev.thalweg.nn.Activation.RELU;
      import static dev.thalweg.nn.Layers.dense;

      import dev.thalweg.data.Dataset;
      import dev.thalweg.nn.Losses;
      import dev.thalweg.nn.Sequential;
      import dev.thalweg.optim.Optimizers;
      import dev.thalweg.tensor.Shape;
      import dev.thalweg.train.Trainer;
      import dev.thalweg.train.TrainingEvent;

      class Expect {
        static final Sequential MODEL = Sequential.of(dense(64, RELU), dense(2));

        public static void main(String[] arguments) {
          switch (arguments[0]) {
            case "short" -> Trainer.defaults().expect(MODEL, Shape.of(100), 1000);
            case "long" -> Trainer.defaults().expect(MODEL, Shape.of(100), 1_000_000);
            default -> train();
          }
          System.out.println(warmsUp());
        }

        static void train() {
          int[] labels = new int[64];
          double[][] features = new double[64][100];
          for (int i = 0; i < 64; i++) {
            features[i][i] = 1;
            labels[i] = i % 2;
          }
          Trainer trainer =
              Trainer.defaults()
                  .withEpochs(100_000)
                  .withCallback(
                      event -> {
                        if (event instanceof TrainingEvent.StepEnded) {
                          throw new IllegalStateException();
                        }
                      });
          try {
            trainer.fit(
                MODEL,
                Losses.softmaxCrossEntropy(),
                Optimizers.sgd(0.01),
                Dataset.classification(features, labels));
          } catch (IllegalStateException e) {
            return;
          }
        }

        static boolean warmsUp() {
          return Thread.getAllStackTraces().keySet().stream()
              .anyMatch(thread -> thread.getName().equals("thalweg-warm-up"));
        }
      }
      """;

  @Test
  void ofALongTrainingAndNotOfAShortOne(@TempDir Path place) throws Exception {
    Path source = Files.writeString(place.resolve("Expect.java"), PROGRAM);
    Jvm.compile(source);
    assertThat(run(place, "short")).isEqualTo("false");
    assertThat(run(place, "long")).isEqualTo("true");
    assertThat(run(place, "train")).isEqualTo("true");
  }

  private static String run(Path place, String what) {
    List<String> arguments = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
    arguments.addAll(List.of("-cp", place + java.io.File.pathSeparator + Jvm.libraryPath()));
    arguments.addAll(List.of("Expect", what));
    Jvm.Outcome outcome = Jvm.java(place, arguments);
    assertThat(outcome.lines()).as(outcome.errors()).hasSize(1);
    return outcome.lines().getFirst();
  }
}
