package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;

/// A matrix between the inverse fourth roots of averages of ggᵀ and gᵀg.
final class Shampoo extends BothSides {
  Shampoo(Values x, Values g) {
    super(x, g, "root");
  }

  /// @param numbers how much of the averages is kept, the weight of what comes, what they are over;
  ///   ε, t, every how many steps roots are taken
  @Override
  public void run(double[] numbers) {
    ofRows.product(false, g, true, g, false);
    Matrix.of(left).combined(numbers[1], ofRows, numbers[0]);
    ofColumns.product(true, g, false, g, false);
    Matrix.of(right).combined(numbers[1], ofColumns, numbers[0]);
    if ((numbers[4] - 1) % numbers[5] == 0) {
      Roots.power(Matrix.of(left), 1 / numbers[2], numbers[3], -0.25, Matrix.of(leftMade));
      Roots.power(Matrix.of(right), 1 / numbers[2], numbers[3], -0.25, Matrix.of(rightMade));
    }
    between.product(false, Matrix.of(leftMade), false, x, false);
    x.product(false, between, false, Matrix.of(rightMade), false);
  }
}
