package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A matrix between the inverse roots of averages of gR⁻¹gᵀ and gᵀL⁻¹g.
final class KlShampoo implements ArrayPass {
  private final Matrix x;
  private final Matrix g;
  private final Kept left;
  private final Kept right;
  private final Kept leftRoot;
  private final Kept rightRoot;
  private final Matrix ofRows;
  private final Matrix ofColumns;
  private final Matrix between;
  private final Matrix other;

  KlShampoo(Values x, Values g) {
    this.x = Matrix.of(x);
    this.g = Matrix.of(g);
    int rows = this.x.rows();
    int columns = this.x.columns();
    left = new Kept(x.dtype(), rows, rows);
    right = new Kept(x.dtype(), columns, columns);
    leftRoot = new Kept(x.dtype(), rows, rows);
    rightRoot = new Kept(x.dtype(), columns, columns);
    ofRows = this.x.zeros(rows, rows);
    ofColumns = this.x.zeros(columns, columns);
    between = this.x.zeros(rows, columns);
    other = this.x.zeros(rows, columns);
  }

  @Override
  public SequencedMap<String, Values> state() {
    var state = new LinkedHashMap<String, Values>();
    state.put("left", left);
    state.put("right", right);
    state.put("left_root", leftRoot);
    state.put("right_root", rightRoot);
    return Collections.unmodifiableSequencedMap(state);
  }

  /// @param numbers β, what the averages begin at, ε, t, every how many steps roots are taken
  @Override
  public void run(double[] numbers) {
    double beta = numbers[0];
    if (numbers[3] == 1) {
      diagonal(left, x.rows(), numbers[1]);
      diagonal(right, x.columns(), numbers[1]);
      diagonal(leftRoot, x.rows(), 1 / Math.sqrt(numbers[1]));
      diagonal(rightRoot, x.columns(), 1 / Math.sqrt(numbers[1]));
    }
    between.product(false, g, false, Matrix.of(rightRoot), false);
    other.product(false, Matrix.of(leftRoot), false, g, false);
    ofRows.product(false, between, true, between, false);
    ofColumns.product(true, other, false, other, false);
    Matrix.of(left).combined((1 - beta) / x.columns(), ofRows, beta);
    Matrix.of(right).combined((1 - beta) / x.rows(), ofColumns, beta);
    if ((numbers[3] - 1) % numbers[4] == 0) {
      Roots.power(Matrix.of(left), 1, numbers[2], -0.5, Matrix.of(leftRoot));
      Roots.power(Matrix.of(right), 1, numbers[2], -0.5, Matrix.of(rightRoot));
    }
    between.product(false, Matrix.of(leftRoot), false, x, false);
    x.product(false, between, false, Matrix.of(rightRoot), false);
  }

  private static void diagonal(Kept square, int n, double value) {
    for (int i = 0; i < n; i++) {
      square.set(i * n + i, value);
    }
  }
}
