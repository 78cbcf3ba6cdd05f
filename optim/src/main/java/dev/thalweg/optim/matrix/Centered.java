package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;

/// A matrix without the mean of each column, or what has several dimensions without the mean at
/// each place of the first; a vector as it is.
final class Centered implements ArrayPass {
  private final Matrix x;
  private final boolean vector;

  /// How many rows have one place of the first dimension.
  private final int each;

  Centered(Values values) {
    x = Matrix.of(values);
    vector = values.dimensions().length < 2;
    each = vector ? 1 : x.rows() / Math.max(1, values.dimensions()[0]);
  }

  @Override
  public void run(double[] numbers) {
    if (numbers[0] == 1) {
      byFirst();
      return;
    }
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

  private void byFirst() {
    for (int from = 0; !vector && from < x.rows(); from += each) {
      double sum = 0;
      for (int i = from; i < from + each; i++) {
        for (int j = 0; j < x.columns(); j++) {
          sum += x.at(i, j);
        }
      }
      double mean = sum / (each * (double) x.columns());
      for (int i = from; i < from + each; i++) {
        for (int j = 0; j < x.columns(); j++) {
          x.set(i, j, x.at(i, j) - mean);
        }
      }
    }
  }
}
