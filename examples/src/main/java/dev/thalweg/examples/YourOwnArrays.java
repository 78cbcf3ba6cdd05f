package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

import dev.thalweg.optim.Parameter;

/// Optimizers on arrays of your own, with nothing else of Thalweg: a line through points, by each
/// of four rules.
///
/// Run it with `examples/run YourOwnArrays`. The JDK has a `Parameter` too, in `java.lang.reflect`:
/// where both modules are imported, an import of the class says which one is meant.
public final class YourOwnArrays {

  private static final double[] X = {0, 1, 2, 3, 4, 5, 6, 7};

  /// 3x − 2
  private static final double[] Y = {-2, 1, 4, 7, 10, 13, 16, 19};

  private YourOwnArrays() {}

  /// Prints the line that each rule finds.
  public static void main(String[] arguments) {
    for (String text : List.of("sgd(0.02)", "momentum(0.01)", "adam(0.05)", "adamw(0.05)")) {
      Optimizer optimizer = Optimizer.parse(text);
      double[] line = fit(optimizer, 2000);
      IO.println("%-18s y = %.6f x %+.6f".formatted(optimizer.toString(), line[0], line[1]));
    }
  }

  /// Slope and intercept after so many steps on the mean squared error.
  static double[] fit(Optimizer optimizer, int steps) {
    double[] line = {0, 0};
    OptimizerRun run = optimizer.attach(Parameter.of("line", line));
    for (int step = 0; step < steps; step++) {
      run.step(gradient(line));
    }
    return line;
  }

  /// The gradient of the mean of (slope · x + intercept − y)².
  private static double[] gradient(double[] line) {
    double[] g = new double[2];
    for (int i = 0; i < X.length; i++) {
      double error = line[0] * X[i] + line[1] - Y[i];
      g[0] += 2 * error * X[i] / X.length;
      g[1] += 2 * error / X.length;
    }
    return g;
  }
}
