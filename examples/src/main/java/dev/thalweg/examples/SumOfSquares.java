package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

import dev.thalweg.optim.Parameter;

/// The sum of the squares of a 2×1 parameter, by a thousand steps of gradient descent: the function
/// is written with tensors, which record what they are made of, and the gradient comes from that.
///
/// The gradient is 2θ, so that a step with the rate 0.01 leaves 0.98 of θ, and a thousand leave
/// 0.98¹⁰⁰⁰ = 1.68e-9 of it.
///
/// Run it with `examples/run SumOfSquares`.
public final class SumOfSquares {

  private static final double RATE = 0.01;
  private static final int STEPS = 1000;
  private static final long SEED = 1;

  private SumOfSquares() {}

  /// Prints where θ is after 0, 1, 10, 100 and 1,000 steps.
  public static void main(String[] arguments) {
    List<double[]> path = path(start());
    for (int step = 0; step <= STEPS; step = step == 0 ? 1 : 10 * step) {
      double[] theta = path.get(step);
      IO.println(
          "step %4d  theta = [%.6e, %.6e]  sum of squares %.6e"
              .formatted(step, theta[0], theta[1], theta[0] * theta[0] + theta[1] * theta[1]));
    }
  }

  /// Two numbers from the normal distribution.
  static double[] start() {
    Philox random = Philox.of(SEED, 0);
    return new double[] {random.normal(0), random.normal(1)};
  }

  /// Where θ was after each step, the start first.
  static List<double[]> path(double[] start) {
    Tensor theta = Tensor.of(Shape.of(2, 1), start.clone());
    OptimizerRun run = Optimizers.sgd(RATE).attach(Parameter.of("theta", theta));
    var path = new ArrayList<double[]>();
    path.add(theta.toDoubles());
    for (int step = 0; step < STEPS; step++) {
      Tensor loss = theta.square().sum();
      run.step(List.of(loss.gradient(theta)));
      path.add(theta.toDoubles());
    }
    return path;
  }
}
