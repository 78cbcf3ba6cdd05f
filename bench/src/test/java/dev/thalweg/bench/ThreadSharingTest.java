package dev.thalweg.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.Engine;
import org.junit.jupiter.api.Test;

class ThreadSharingTest {

  private static final Workload SIZES =
      Workload.perceptron("test", 96, 3, 0, 1, 5, 50, 130, 70, 10);

  @Test
  void sameBitsForAnyNumberOfThreadsAndBothWays() {
    var reference = new ThreadSharing.Course(SIZES);
    double first = reference.train(BatchStep.byOperation(reference.net, Engine.of("scalar", 1)), 1);
    double last = reference.train(BatchStep.byOperation(reference.net, Engine.of("scalar", 1)), 30);
    assertThat(last).isLessThan(first);
    for (int threads : new int[] {1, 2, 4}) {
      Engine engine = Engine.of("auto", threads);
      var operations = new ThreadSharing.Course(SIZES);
      operations.train(BatchStep.byOperation(operations.net, engine), 31);
      assertThat(operations.net.hash())
          .as("operations, %s", engine)
          .isEqualTo(reference.net.hash());
      for (int chunk : new int[] {7, 32, 96}) {
        var chunks = new ThreadSharing.Course(SIZES);
        chunks.train(BatchStep.byChunk(chunks.net, engine, chunk), 31);
        assertThat(chunks.net.hash())
            .as("chunks of %d, %s", chunk, engine)
            .isEqualTo(reference.net.hash());
      }
    }
  }
}
