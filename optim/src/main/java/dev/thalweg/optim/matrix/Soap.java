package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Adam's direction in the eigenbasis of averages of ggᵀ and gᵀg.
final class Soap extends BothSides {
  private final Kept squares;
  private final Matrix turned;

  Soap(Values x, Values g) {
    super(x, g, "basis");
    squares = new Kept(x.dtype(), this.x.rows(), this.x.columns());
    turned = this.x.zeros(this.x.rows(), this.x.columns());
  }

  @Override
  public SequencedMap<String, Values> state() {
    var state = new LinkedHashMap<>(super.state());
    state.put("squares", squares);
    return Collections.unmodifiableSequencedMap(state);
  }

  /// @param numbers β₂, β of the products, ε, t, every how many steps the basis is brought up to
  ///   date
  @Override
  public void run(double[] numbers) {
    double t = numbers[3];
    if (t > 1) {
      step(numbers[0], numbers[2]);
    }
    ofRows.product(false, g, true, g, false);
    Matrix.of(left).combined(1 - numbers[1], ofRows, numbers[1]);
    ofColumns.product(true, g, false, g, false);
    Matrix.of(right).combined(1 - numbers[1], ofColumns, numbers[1]);
    if (t == 1) {
      set(leftMade, Roots.eigenvectors(Matrix.of(left).toDoubles()));
      set(rightMade, Roots.eigenvectors(Matrix.of(right).toDoubles()));
      x.scaled(0, x);
    } else if ((t - 1) % numbers[4] == 0) {
      refresh(left, leftMade, ofRows, true);
      refresh(right, rightMade, ofColumns, false);
    }
  }

  private void step(double beta2, double epsilon) {
    rotate(g);
    for (int i = 0; i < squares.size(); i++) {
      double along = turned.at(i / x.columns(), i % x.columns());
      squares.set(i, beta2 * squares.at(i) + (1 - beta2) * along * along);
    }
    rotate(x);
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        double root = Math.sqrt(squares.at(i * x.columns() + j)) + epsilon;
        turned.set(i, j, turned.at(i, j) / root);
      }
    }
    between.product(false, Matrix.of(leftMade), false, turned, false);
    x.product(false, between, true, Matrix.of(rightMade), false);
  }

  /// Into the basis.
  private void rotate(Matrix from) {
    between.product(true, Matrix.of(leftMade), false, from, false);
    turned.product(false, between, false, Matrix.of(rightMade), false);
  }

  /// One power iteration, the largest first.
  private void refresh(Kept average, Kept basis, Matrix room, boolean ofRows) {
    Matrix q = Matrix.of(basis);
    int n = q.rows();
    room.product(false, Matrix.of(average), false, q, false);
    double[] sizes = new double[n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        sizes[k] += q.at(i, k) * room.at(i, k);
      }
    }
    int[] order = falling(sizes);
    double[][] sorted = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        sorted[i][k] = room.at(i, order[k]);
      }
    }
    set(basis, Roots.orthonormal(sorted));
    double[][] before = Matrix.of(squares).toDoubles();
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        double value = ofRows ? before[order[i]][j] : before[i][order[j]];
        squares.set(i * x.columns() + j, value);
      }
    }
  }

  /// The places of numbers, the largest first; equal ones stay in their order.
  private static int[] falling(double[] sizes) {
    int[] order = new int[sizes.length];
    for (int k = 0; k < order.length; k++) {
      int at = k;
      while (at > 0 && sizes[order[at - 1]] < sizes[k]) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = k;
    }
    return order;
  }

  private static void set(Kept kept, double[][] values) {
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        kept.set(i * values[i].length + j, values[i][j]);
      }
    }
  }
}
