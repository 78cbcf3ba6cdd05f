package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A matrix between the inverse fourth roots of averages of ggᵀ and gᵀg.
final class Shampoo implements ArrayPass {
  private final Matrix x;
  private final Matrix g;
  private final Kept left;
  private final Kept right;
  private final Kept leftRoot;
  private final Kept rightRoot;
  private final Matrix ofRows;
  private final Matrix ofColumns;
  private final Matrix between;

  Shampoo(Values x, Values g) {
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

  /// @param numbers how much of the averages is kept, the weight of what comes, what they are over;
  ///   ε, t, every how many steps roots are taken
  @Override
  public void run(double[] numbers) {
    ofRows.product(false, g, true, g, false);
    Matrix.of(left).combined(numbers[1], ofRows, numbers[0]);
    ofColumns.product(true, g, false, g, false);
    Matrix.of(right).combined(numbers[1], ofColumns, numbers[0]);
    if ((numbers[4] - 1) % numbers[5] == 0) {
      Roots.power(Matrix.of(left), 1 / numbers[2], numbers[3], -0.25, Matrix.of(leftRoot));
      Roots.power(Matrix.of(right), 1 / numbers[2], numbers[3], -0.25, Matrix.of(rightRoot));
    }
    between.product(false, Matrix.of(leftRoot), false, x, false);
    x.product(false, between, false, Matrix.of(rightRoot), false);
  }
}
