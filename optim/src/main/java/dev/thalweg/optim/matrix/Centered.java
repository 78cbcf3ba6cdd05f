package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;

/// A matrix without the mean of each column; a vector as it is.
final class Centered implements ArrayPass {
  private final Matrix x;
  private final boolean vector;

  Centered(Values values) {
    x = Matrix.of(values);
    vector = values.dimensions().length < 2;
  }

  @Override
  public void run(double[] numbers) {
    for (int j = 0; !vector && j < x.columns(); j++) {
      double sum = 0;
      for (int i = 0; i < x.rows(); i++) {
        sum += x.at(i, j);
      }
      for (int i = 0; i < x.rows(); i++) {
        x.set(i, j, x.at(i, j) - sum / x.rows());
      }
    }
  }
}
