package dev.thalweg.bench;

import dev.thalweg.kernels.Engine;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Parameter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Random;

/// Steps of an optimizer on one matrix, with gradients that are drawn beforehand: how many a
/// second, as the median of rounds of 20, after two of them. What `tools/bench/matrices.py` sets
/// beside heavyball.
///
/// ```
/// tools/bench/run MatrixSteps 'soap(every=10)' 512 512 1 10    rows, columns, threads, seconds
/// ```
final class MatrixSteps {
  private static final int ROUND = 20;
  private static final int WARM_UP = 2;
  private static final int GRADIENTS = 8;

  private MatrixSteps() {}

  /// Prints the rate.
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    int rows = Integer.parseInt(arguments[1]);
    int columns = Integer.parseInt(arguments[2]);
    double seconds = Double.parseDouble(arguments[4]);
    float[][] gradients = new float[GRADIENTS][];
    for (int i = 0; i < GRADIENTS; i++) {
      gradients[i] = normal(rows * columns, i);
    }
    OptimizerRun run =
        Optimizer.parse(arguments[0])
            .attach(Parameter.of("w", new int[] {rows, columns}, normal(rows * columns, -1)));
    Engine.of("auto", Integer.parseInt(arguments[3])).run(() -> print(run, gradients, seconds));
  }

  private static float[] normal(int size, int seed) {
    var random = new Random(seed);
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private static void print(OptimizerRun run, float[][] gradients, double seconds) {
    var rates = new ArrayList<Double>();
    long begin = System.nanoTime();
    for (int round = 1; rates.size() < 3 || System.nanoTime() - begin < seconds * 1e9; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < ROUND; i++) {
        run.step(gradients[i % GRADIENTS]);
      }
      if (round > WARM_UP) {
        rates.add(ROUND * 1e9 / (System.nanoTime() - start));
      } else {
        begin = System.nanoTime();
      }
    }
    double[] all = rates.stream().mapToDouble(Double::doubleValue).toArray();
    System.out.printf("steps/s median %.2f, %d rounds%n", Spread.of(all).median(), all.length);
  }
}
