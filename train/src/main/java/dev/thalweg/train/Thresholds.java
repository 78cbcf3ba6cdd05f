package dev.thalweg.train;

import java.util.Comparator;
import java.util.stream.IntStream;

/// The threshold for the probability of a class with which F1 is largest, 2 hits / (2 hits + false
/// alarms + misses), of rows that were not trained on.
final class Thresholds {

  private Thresholds() {}

  /// In the middle between two probabilities that the rows have, so that rounding changes no
  /// prediction; of several the one nearest to ½.
  ///
  /// @throws IllegalArgumentException if no row is of the class, or all are
  static double ofLargestF1(Outcomes outcomes, int positive) {
    int rows = outcomes.rows();
    double[] p = new double[rows];
    int own = 0;
    for (int row = 0; row < rows; row++) {
      p[row] = outcomes.probability(row, positive);
      own += outcomes.label(row) == positive ? 1 : 0;
    }
    if (own == 0 || own == rows) {
      throw new IllegalArgumentException(
          "threshold: expected rows of '%s' and of another class in the validation part, found %s"
              .formatted(outcomes.classNames().get(positive), own == 0 ? "none of it" : "only it"));
    }
    int[] falling =
        IntStream.range(0, rows)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> p[row]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    double best = Double.NaN;
    double largest = -1;
    int hits = 0;
    for (int i = 0; i < rows; i++) {
      hits += outcomes.label(falling[i]) == positive ? 1 : 0;
      double here = p[falling[i]];
      double next = i + 1 < rows ? p[falling[i + 1]] : 0;
      double threshold = here / 2 + next / 2;
      if (next == here || !(threshold > 0 && threshold < 1)) {
        continue;
      }
      double f1 = 2.0 * hits / (i + 1 + own);
      boolean nearer = Math.abs(threshold - 0.5) < Math.abs(best - 0.5);
      if (f1 > largest || (f1 == largest && nearer)) {
        largest = f1;
        best = threshold;
      }
    }
    return best;
  }
}
