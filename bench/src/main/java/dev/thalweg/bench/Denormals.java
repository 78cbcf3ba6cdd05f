package dev.thalweg.bench;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// How many denormal numbers, and numbers too small for a gradient, a long training puts into its
/// products: the time they cost depends on the processor, their number doesn't.
///
/// ```
/// tools/bench/run Denormals [small|wide|fashion-mnist] [STEPS] [EVERY]
/// ```
///
/// looks at the factors of all products in one of EVERY steps, and prints for each fifth of the
/// training how many numbers it looked at and how many of them were denormal.
final class Denormals {
  private static final int PARTS = 5;

  private long step;
  private final int every;
  private long seen;
  private long denormal;
  private long small;

  private Denormals(int every) {
    this.every = every;
  }

  /// Prints the counts of one training.
  public static void main(String[] arguments) {
    String name = arguments.length > 0 ? arguments[0] : "small";
    int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
    Denormals counter = new Denormals(arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10);
    boolean images = name.equals("fashion-mnist");
    Dataset data = images ? Datasets.named(name) : Workload.named(name).data();
    Sequential model = images ? Models.parse("mlp(128)", 10) : Workload.named(name).network();
    int batch = images ? 32 : Workload.named(name).batch();
    int batches = Math.ceilDiv(data.rows(), batch);
    Kernels counting = counter.around(Engine.of("auto", 1).kernels());
    Trainer.defaults()
        .withEngine(Engine.of(counting, Runtime.getRuntime().availableProcessors()))
        .withBatchSize(batch)
        .withEpochs(Math.ceilDiv(steps, batches))
        .withStandardize(false)
        .withCallback(event -> counter.hear(event, steps / PARTS))
        .fit(
            model,
            Losses.softmaxCrossEntropy(),
            Optimizers.adamw(1e-3).withWeightDecay(0.01),
            data);
  }

  private void hear(TrainingEvent event, int part) {
    if (event instanceof TrainingEvent.StepEnded ended) {
      step = ended.step();
      if (step % part == 0) {
        System.out.printf(
            "until step %,d: %,d numbers in products, %,d of them denormal, %,d others below %s%n",
            step, seen, denormal, small, Kernels.NEGLIGIBLE);
        seen = 0;
        denormal = 0;
        small = 0;
      }
    }
  }

  private Kernels around(Kernels kernels) {
    InvocationHandler counting =
        (proxy, method, given) -> {
          if (step % every == 0 && method.getName().equals("matmul")) {
            boolean turnedA = (boolean) given[0];
            boolean turnedB = (boolean) given[1];
            int m = (int) given[2];
            int n = (int) given[3];
            int k = (int) given[4];
            look(turnedA ? k : m, turnedA ? m : k, given, 5);
            look(turnedB ? n : k, turnedB ? k : n, given, 8);
          }
          try {
            return method.invoke(kernels, given);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    Class<?>[] types = {Kernels.class};
    return (Kernels) Proxy.newProxyInstance(Kernels.class.getClassLoader(), types, counting);
  }

  /// An array, its start and its stride are arguments from `at` on.
  private synchronized void look(int rows, int columns, Object[] given, int at) {
    float[] x = (float[]) given[at];
    for (int i = 0; i < rows; i++) {
      int row = (int) given[at + 1] + i * (int) given[at + 2];
      for (int j = row; j < row + columns; j++) {
        float size = Math.abs(x[j]);
        if (size < Kernels.NEGLIGIBLE && size > 0) {
          if (size < Float.MIN_NORMAL) {
            denormal++;
          } else {
            small++;
          }
        }
      }
    }
    seen += (long) rows * columns;
  }
}
