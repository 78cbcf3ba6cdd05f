package dev.thalweg.train;

import java.util.Arrays;

/// What follows from the order of numbers alone.
final class Ranks {

  private Ranks() {}

  /// The fraction of pairs (x, y) with x > y, those with x = y counting a half: the statistic of
  /// Mann and Whitney over its largest value, and the area under a ROC curve.
  ///
  /// @param x whose first `n` numbers count; they are sorted
  /// @param y whose first `m` numbers count; they are sorted
  /// @return NaN if there is no pair
  static double probabilityOfLarger(double[] x, int n, double[] y, int m) {
    Arrays.sort(x, 0, n);
    Arrays.sort(y, 0, m);
    // Twice the number of pairs, so that halves are whole: below 2⁶³ for any two arrays.
    long twice = 0;
    int below = 0;
    int notAbove = 0;
    for (int i = 0; i < n; i++) {
      while (below < m && y[below] < x[i]) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < m && y[notAbove] <= x[i]) {
        notAbove++;
      }
      twice += (long) below + notAbove;
    }
    return twice / (2.0 * n * m);
  }
}
