package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;
import java.util.Arrays;

/// The nearest point of a simplex, or of the ball of the sum of magnitudes: by the threshold that
/// is taken from each number. Duchi, Shalev-Shwartz, Singer & Chandra 2008, figure 1.
final class SimplexProjection implements ArrayPass {
  private final Matrix x;

  /// Whether signs stay, and what is within the ball.
  private final boolean ball;

  SimplexProjection(Values values, boolean ball) {
    x = Matrix.of(values);
    this.ball = ball;
  }

  /// @param numbers what the numbers, or their magnitudes, add up to
  @Override
  public void run(double[] numbers) {
    double total = numbers[0];
    double[] sorted = new double[x.rows() * x.columns()];
    double sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      double number = x.at(i / x.columns(), i % x.columns());
      sorted[i] = ball ? Math.abs(number) : number;
      sum += sorted[i];
    }
    if (ball && sum <= total) {
      return;
    }
    Arrays.sort(sorted);
    double threshold = 0;
    double above = 0;
    for (int count = 1; count <= sorted.length; count++) {
      double number = sorted[sorted.length - count];
      above += number;
      double next = (above - total) / count;
      if (!(number > next)) {
        break;
      }
      threshold = next;
    }
    for (int i = 0; i < sorted.length; i++) {
      double number = x.at(i / x.columns(), i % x.columns());
      double size = Math.max((ball ? Math.abs(number) : number) - threshold, 0);
      x.set(i / x.columns(), i % x.columns(), ball ? Math.copySign(size, number) : size);
    }
  }
}
