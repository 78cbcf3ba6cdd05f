package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;
import java.util.Arrays;

/// The norm of each column of a matrix, or of a whole vector, in the place of each of its numbers.
final class UnitNorms implements ArrayPass {
  private final Matrix x;
  private final boolean whole;
  private final double[] sums;

  UnitNorms(Values values) {
    x = Matrix.of(values);
    whole = values.dimensions().length < 2;
    sums = new double[whole ? 1 : x.columns()];
  }

  @Override
  public void run(double[] numbers) {
    Arrays.fill(sums, 0);
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        double value = x.at(i, j);
        sums[whole ? 0 : j] += value * value;
      }
    }
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        x.set(i, j, Math.sqrt(sums[whole ? 0 : j]));
      }
    }
  }
}
