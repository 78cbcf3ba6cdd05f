package dev.thalweg.bench;

import java.util.Arrays;

/// Median and quartiles of some figures.
record Spread(double median, double lower, double upper) {

  static Spread of(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return new Spread(sorted[n / 2], sorted[n / 4], sorted[3 * n / 4]);
  }

  static Spread of(double[] figures, int count) {
    return of(Arrays.copyOf(figures, count));
  }
}
