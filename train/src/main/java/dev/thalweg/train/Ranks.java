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

  /// Average precision: Σ (Rₙ − Rₙ₋₁) Pₙ over the different numbers of y from the largest down, Pₙ
  /// the fraction of x among the numbers of y that are at least the n-th, Rₙ the fraction of x that
  /// is.
  ///
  /// @param x whose first `n` numbers count, all of which are among y; they are sorted
  /// @param y is sorted
  /// @return NaN if n is 0
  static double averagePrecision(double[] x, int n, double[] y) {
    Arrays.sort(x, 0, n);
    Arrays.sort(y);
    double sum = 0;
    int found = 0;
    int taken = 0;
    for (int i = n - 1; i >= 0; i = n - 1 - found) {
      double threshold = x[i];
      int before = found;
      while (found < n && x[n - 1 - found] == threshold) {
        found++;
      }
      while (taken < y.length && y[y.length - 1 - taken] >= threshold) {
        taken++;
      }
      if (found == before) {
        return Double.NaN; // a number that is none
      }
      sum += (double) (found - before) / n * ((double) found / taken);
    }
    return n == 0 ? Double.NaN : sum;
  }
}
