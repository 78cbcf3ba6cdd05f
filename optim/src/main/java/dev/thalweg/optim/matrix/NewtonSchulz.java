package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;

/// X ← aX + bAX + cA²X, A = XXᵀ, several times: an odd polynomial of the singular values. Of a tall
/// matrix the same with XᵀX on the other side, so that the smaller square is made.
final class NewtonSchulz implements ArrayPass {
  private final boolean tall;
  private final Matrix x;
  private final Matrix next;
  private final Matrix gram;
  private final Matrix factor;

  NewtonSchulz(Values values) {
    x = Matrix.of(values);
    tall = x.rows() > x.columns();
    int n = Math.min(x.rows(), x.columns());
    next = x.zeros(x.rows(), x.columns());
    gram = x.zeros(n, n);
    factor = x.zeros(n, n);
  }

  /// @param numbers the steps, then a, b, c of the first, the second …; the last for all others
  @Override
  public void run(double[] numbers) {
    int steps = (int) numbers[0];
    Matrix from = x;
    Matrix to = next;
    for (int step = 0; step < steps; step++) {
      int at = Math.min(1 + 3 * step, numbers.length - 3);
      step(from, to, numbers[at], numbers[at + 1], numbers[at + 2]);
      Matrix other = from;
      from = to;
      to = other;
    }
    if (steps % 2 == 1) {
      x.scaled(1, next);
    }
  }

  private void step(Matrix from, Matrix to, double a, double b, double c) {
    gram.product(tall, from, !tall, from, false);
    factor.product(false, gram, false, gram, false);
    factor.combined(b, gram, c);
    to.scaled(a, from);
    if (tall) {
      to.product(false, from, false, factor, true);
    } else {
      to.product(false, factor, false, from, true);
    }
  }
}
