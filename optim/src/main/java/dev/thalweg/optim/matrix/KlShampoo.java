package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;

/// A matrix between the inverse roots of averages of gR⁻¹gᵀ and gᵀL⁻¹g.
final class KlShampoo extends BothSides {
  private final Matrix other;

  KlShampoo(Values x, Values g) {
    super(x, g, "root");
    other = this.x.zeros(this.x.rows(), this.x.columns());
  }

  /// @param numbers β, what the averages begin at, ε, t, every how many steps roots are taken
  @Override
  public void run(double[] numbers) {
    double beta = numbers[0];
    if (numbers[3] == 1) {
      diagonal(left, x.rows(), numbers[1]);
      diagonal(right, x.columns(), numbers[1]);
      diagonal(leftMade, x.rows(), 1 / Math.sqrt(numbers[1]));
      diagonal(rightMade, x.columns(), 1 / Math.sqrt(numbers[1]));
    }
    between.product(false, g, false, Matrix.of(rightMade), false);
    other.product(false, Matrix.of(leftMade), false, g, false);
    ofRows.product(false, between, true, between, false);
    ofColumns.product(true, other, false, other, false);
    Matrix.of(left).combined((1 - beta) / x.columns(), ofRows, beta);
    Matrix.of(right).combined((1 - beta) / x.rows(), ofColumns, beta);
    if ((numbers[3] - 1) % numbers[4] == 0) {
      Roots.power(Matrix.of(left), 1, numbers[2], -0.5, Matrix.of(leftMade));
      Roots.power(Matrix.of(right), 1, numbers[2], -0.5, Matrix.of(rightMade));
    }
    between.product(false, Matrix.of(leftMade), false, x, false);
    x.product(false, between, false, Matrix.of(rightMade), false);
  }

  private static void diagonal(Kept square, int n, double value) {
    for (int i = 0; i < n; i++) {
      square.set(i * n + i, value);
    }
  }
}
