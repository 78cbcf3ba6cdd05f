package dev.thalweg.bench;

import com.sun.management.ThreadMXBean;
import dev.thalweg.data.Dataset;
import dev.thalweg.nn.Losses;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Trainer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// One image from Java, from one thread and from several at once, by one model.
///
/// ```
/// tools/bench/run PredictImage [WORKLOAD] [THREADS]
/// ```
///
/// Prints microseconds a call: the time on the processor of one thread alone, then with all threads
/// calling at once that, and the time between two answers of all together; and the bytes that a
/// call allocates, of which the answer is some.
final class PredictImage {

  private static final int WARM_UP = 6_000;
  private static final int ROUNDS = 41;
  private static final int CALLS = 100;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private PredictImage() {}

  /// See the class.
  public static void main(String[] arguments) throws Exception {
    Workload workload = Workload.named(arguments.length > 0 ? arguments[0] : "cnn");
    int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
    Dataset data = workload.data();
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(1)
            .withBatchSize(workload.batch())
            .withStandardize(false)
            .fit(workload.network(), Losses.softmaxCrossEntropy(), Optimizers.adamw(1e-3), data);
    float[] pixels = data.row(0);
    double[] row = new double[pixels.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = pixels[i];
    }
    calls(fitted, row, WARM_UP);
    double[] alone = new double[ROUNDS];
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      alone[i] = calls(fitted, row, CALLS);
    }
    allocated = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / ROUNDS / CALLS;
    List<Callable<double[]>> callers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      callers.add(() -> {
        calls(fitted, row, CALLS);
        double[] times = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
          times[i] = calls(fitted, row, CALLS);
        }
        return times;
      });
    }
    long begin = System.nanoTime();
    double[] together;
    try (var pool = Executors.newFixedThreadPool(threads)) {
      List<double[]> all = new ArrayList<>();
      for (Future<double[]> future : pool.invokeAll(callers)) {
        all.add(future.get());
      }
      together = all.stream().flatMapToDouble(Arrays::stream).toArray();
    }
    double between = (System.nanoTime() - begin) / 1e3 / threads / (ROUNDS + 1) / CALLS;
    System.out.printf(
        "%s, one image: alone %.1f us; by %d threads at once %.1f us each, an answer each %.1f us;"
            + " %,d bytes a call%n",
        workload.name(),
        Spread.of(alone).median(),
        threads,
        Spread.of(together).median(),
        between,
        allocated);
  }

  /// Microseconds of the processor a call.
  private static double calls(FittedModel fitted, double[] row, int calls) {
    long begin = THREADS.getCurrentThreadCpuTime();
    double sum = 0;
    for (int i = 0; i < calls; i++) {
      sum += fitted.predict(row)[0];
    }
    if (Double.isNaN(sum)) {
      throw new IllegalStateException("predictions that are no numbers");
    }
    return (THREADS.getCurrentThreadCpuTime() - begin) / 1e3 / calls;
  }
}
