package dev.thalweg.train;

import dev.thalweg.data.Ratings;

/// The mean of all ratings, and how far users and items are from it: what a recommender has to be
/// better than (Koren, Bell, Volinsky 2009, equation 1).
///
/// Biases are those with which Σ (r − μ − bᵤ − bᵢ)² + λ (Σ bᵤ² + Σ bᵢ²) is small, found by turns.
final class RatingBaseline {

  private static final double LAMBDA = 3;
  private static final int TURNS = 15;

  private final double mean;
  private final double[] users;
  private final double[] items;

  private RatingBaseline(double mean, double[] users, double[] items) {
    this.mean = mean;
    this.users = users;
    this.items = items;
  }

  static double mean(Ratings ratings) {
    double sum = 0;
    for (int i = 0; i < ratings.size(); i++) {
      sum += ratings.value(i);
    }
    return sum / ratings.size();
  }

  static RatingBaseline of(Ratings train) {
    double mean = mean(train);
    var baseline =
        new RatingBaseline(
            mean, new double[train.users().size()], new double[train.items().size()]);
    for (int turn = 0; turn < TURNS; turn++) {
      double[] sums = new double[baseline.items.length];
      int[] counts = new int[sums.length];
      for (int i = 0; i < train.size(); i++) {
        sums[train.item(i)] += train.value(i) - mean - baseline.users[train.user(i)];
        counts[train.item(i)]++;
      }
      shrink(sums, counts, baseline.items);
      sums = new double[baseline.users.length];
      counts = new int[sums.length];
      for (int i = 0; i < train.size(); i++) {
        sums[train.user(i)] += train.value(i) - mean - baseline.items[train.item(i)];
        counts[train.user(i)]++;
      }
      shrink(sums, counts, baseline.users);
    }
    return baseline;
  }

  private static void shrink(double[] sums, int[] counts, double[] biases) {
    for (int i = 0; i < sums.length; i++) {
      biases[i] = sums[i] / (counts[i] + LAMBDA);
    }
  }

  /// The root of the mean square of what it is off.
  double rmse(Ratings test) {
    double squares = 0;
    for (int i = 0; i < test.size(); i++) {
      double off = test.value(i) - mean - users[test.user(i)] - items[test.item(i)];
      squares += off * off;
    }
    return Math.sqrt(squares / test.size());
  }
}
