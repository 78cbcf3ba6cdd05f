package dev.thalweg.optim.matrix;

import dev.thalweg.formula.ArrayOperator;
import dev.thalweg.kernels.Values;

/// A matrix made smaller by what XXᵀ says, of a tall one XᵀX: row by row, or all alike.
final class GramScaled implements ArrayPass {
  private final ArrayOperator function;
  private final boolean tall;
  private final Matrix x;
  private final Matrix gram;

  GramScaled(ArrayOperator function, Values values) {
    this.function = function;
    x = Matrix.of(values);
    tall = x.rows() > x.columns();
    int n = Math.min(x.rows(), x.columns());
    gram = x.zeros(n, n);
  }

  @Override
  public void run(double[] numbers) {
    double epsilon = numbers[0];
    gram.product(tall, x, !tall, x, false);
    if (function == ArrayOperator.ALMOST_ORTHOGONAL) {
      scaleRows(epsilon);
    } else if (function == ArrayOperator.SCHATTEN_NORMALIZED) {
      x.scaled(1 / Math.sqrt(Math.max(gram.norm(), epsilon)), x);
    } else {
      double size = Math.sqrt(largest()) + epsilon;
      if (size > 0) { // zeros stay zeros
        x.scaled(1 / size, x);
      }
    }
  }

  private void scaleRows(double epsilon) {
    for (int i = 0; i < gram.rows(); i++) {
      double sum = 0;
      for (int j = 0; j < gram.columns(); j++) {
        sum += Math.abs(gram.at(i, j));
      }
      double factor = 1 / Math.sqrt(Math.max(sum, epsilon));
      for (int j = 0; j < (tall ? x.rows() : x.columns()); j++) {
        int row = tall ? j : i;
        int column = tall ? i : j;
        x.set(row, column, factor * x.at(row, column));
      }
    }
  }

  /// The largest eigenvalue of XXᵀ.
  private double largest() {
    double[] values = SymmetricEigen.of(gram.toDoubles()).values();
    return Math.max(0, values[values.length - 1]);
  }
}
