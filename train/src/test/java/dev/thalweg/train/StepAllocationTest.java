package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a step of a convolutional network allocates once all sizes have been seen, of which there
/// are two: the last batch of an epoch has fewer rows.
class StepAllocationTest {

  private static final Dataset DIGITS =
      Datasets.named("digits").subset(IntStream.range(0, 250).toArray());

  private static final int BATCH = 100;

  private static Network network(String model) {
    return Models.parse(model, 10).build(Shape.of(8, 8), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn(8, 16, units=32)", "resnet(8)"})
  void aStepTakesAllItsArraysFromThePool(String model) {
    Network network = network(model);
    OptimizerRun run = Optimizers.adamw(1e-3).attach(network.parameters());
    StepScope scope = new StepScope(Engine.of("auto", 2));
    long warm = 0;
    for (int epoch = 0; epoch < 4; epoch++) {
      for (int from = 0; from < 250; from += BATCH) {
        int rows = Math.min(BATCH, 250 - from);
        float[] x = Arrays.copyOfRange(DIGITS.x(), from * 64, (from + rows) * 64);
        int[] labels = Arrays.copyOfRange(DIGITS.labels(), from, from + rows);
        scope.run(() -> {
          Pass pass = Pass.training(1, 0);
          Tensor loss =
              network
                  .apply(Tensor.ofFloats(Shape.of(rows, 8, 8), x), pass)
                  .softmaxCrossEntropy(Tensor.ofInts(labels));
          run.step(scope.silently(() -> loss.gradients(network.parameters())));
          pass.commit();
        });
        scope.endStep();
      }
      if (epoch == 0) {
        warm = scope.arraysAllocated();
      }
    }
    assertThat(scope.arraysAllocated()).isEqualTo(warm);
  }

  /// The results of the first layers are arrays of 100 kB and more, the last rows of 12,800 bytes.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"cnn(8, 16, units=32); 20000", "resnet(8); 64000"})
  void aStepOfATrainingAllocatesAFewSmallObjects(String model, long most) throws Exception {
    // By reflection: the module under test does not read java.management.
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method allocated =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    long[] least = new long[3];
    Arrays.fill(least, Long.MAX_VALUE);
    long[] before = new long[1];
    Trainer.defaults()
        .withEpochs(12)
        .withBatchSize(BATCH)
        .withEngine(Engine.of("scalar", 1)) // vectors are objects until the JIT has compiled them
        .withCallback(event -> {
          try {
            long now = (long) allocated.invoke(threads);
            if (event instanceof TrainingEvent.StepEnded step && step.epoch() > 3) {
              int place = (int) ((step.step() - 1) % least.length);
              least[place] = Math.min(least[place], now - before[0]);
            }
            before[0] = now;
          } catch (ReflectiveOperationException e) {
            throw new LinkageError("no count of allocated bytes", e);
          }
        })
        .fit(Models.parse(model, 10), Losses.softmaxCrossEntropy(), Optimizers.adamw(1e-3), DIGITS);
    assertThat(List.of(least[0], least[1], least[2])).allMatch(bytes -> bytes < most);
  }
}
