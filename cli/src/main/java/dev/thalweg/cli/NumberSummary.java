package dev.thalweg.cli;

import java.util.Arrays;

/// Mean and median of numbers, of a column or anything else.
final class NumberSummary {

  private double[] values = new double[64];
  private int count;

  void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  /// Σ x / n, with what the sum's rounding loses; NaN where there is none.
  double mean() {
    return Arrays.stream(values, 0, count).average().orElse(Double.NaN);
  }

  /// The number in the middle, or between the two that are; NaN where there is none.
  double median() {
    if (count == 0) {
      return Double.NaN;
    }
    var sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[(count - 1) / 2] / 2 + sorted[count / 2] / 2;
  }

  /// `, mean 14.75, median 14`; empty where there is no number.
  String text() {
    return count == 0
        ? ""
        : ", mean %s, median %s".formatted(Numbers.shortText(mean()), Numbers.shortText(median()));
  }
}
