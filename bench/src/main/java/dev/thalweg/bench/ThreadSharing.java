package dev.thalweg.bench;

import dev.thalweg.data.Dataset;
import dev.thalweg.kernels.Engine;
import java.util.Locale;

/// How should threads share a training step: each operation split, or the batch? Decision 0005.
///
/// ```
/// tools/bench/run ThreadSharing [wide|deep|small] [threads] [provider]
/// ```
///
/// prints steps per second of both ways, taking turns in one process, for several sizes of chunks.
final class ThreadSharing {

  private ThreadSharing() {}

  /// Prints the figures of one network.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    Workload workload = Workload.named(arguments.length > 0 ? arguments[0] : "wide");
    int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    Engine engine = Engine.of(arguments.length > 2 ? arguments[2] : "auto", threads);
    int steps = Math.max(1, workload.window() / 4);
    Turns turns = new Turns();
    Course operations = new Course(workload);
    turns.add(
        "each operation split",
        () -> operations.train(BatchStep.byOperation(operations.net, engine), steps));
    for (int chunk = 16; chunk <= workload.batch() / Math.min(2, threads); chunk *= 2) {
      int rows = chunk;
      Course course = new Course(workload);
      turns.add(
          "chunks of " + rows,
          () -> course.train(BatchStep.byChunk(course.net, engine, rows), steps));
    }
    turns.print(
        "%s, %s".formatted(workload.name(), engine),
        Math.max(10, workload.warmUp() / steps),
        41,
        Turns.Quantity.perSecond("steps", steps));
  }

  /// A network on its way through some data.
  static final class Course {
    final Perceptron net;
    private final Workload workload;
    private final Dataset data;
    private final int[] order;
    private final float[] x;
    private final int[] labels;
    private int step;

    Course(Workload workload) {
      this.workload = workload;
      net = new Perceptron(workload, 3);
      data = workload.data();
      order = new int[data.rows()];
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      x = new float[workload.batch() * workload.inputs()];
      labels = new int[workload.batch()];
    }

    /// Some steps; the last loss.
    double train(BatchStep way, int steps) {
      double loss = Double.NaN;
      for (int i = 0; i < steps; i++) {
        int first = step++ % workload.batches() * workload.batch();
        data.gather(order, first, workload.batch(), x, 0);
        data.gatherLabels(order, first, workload.batch(), labels, 0);
        loss = way.train(x, labels);
      }
      return loss;
    }
  }
}
