package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Philox;
import dev.thalweg.kernels.Values;

/// Numbers of the standard normal distribution.
final class Gaussian implements ArrayPass {
  private final Matrix x;
  private final long first;

  Gaussian(Values values, long first) {
    x = Matrix.of(values);
    this.first = first;
  }

  /// @param numbers the seed, the step
  @Override
  public void run(double[] numbers) {
    Philox random = Philox.of((long) numbers[0], (long) numbers[1]);
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        x.set(i, j, random.normal(first + (long) i * x.columns() + j));
      }
    }
  }
}
