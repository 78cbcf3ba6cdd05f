package dev.thalweg.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Divides rows into parts; see [Dataset#split] and [Dataset#folds] for the rules.
final class Splitting {

  private Splitting() {}

  /// The rows of the training part and those of the test part, each in random order.
  static int[][] split(Answers answers, double trainFraction, long seed) {
    // Written so that NaN is refused too.
    if (!(trainFraction > 0 && trainFraction < 1)) {
      throw new IllegalArgumentException(
          "split: expected a training fraction above 0 and below 1, found " + trainFraction);
    }
    int rows = answers.rows();
    int[] groups = groups(answers);
    int[] sizes = new int[1 + Arrays.stream(groups).max().orElse(0)];
    for (int group : groups) {
      sizes[group]++;
    }
    int[] left = quotas(sizes, rows, trainFraction);
    int training = Arrays.stream(left).sum();
    if (training == 0 || training == rows) {
      throw new IllegalArgumentException(
          "split: expected at least 1 row in each part, found %d in the training part and %d in the test part"
              .formatted(training, rows - training));
    }
    int[] order = RandomStreams.split(seed).permutation(rows);
    var parts = new int[][] {new int[training], new int[rows - training]};
    int train = 0;
    int test = 0;
    for (int row : order) {
      if (left[groups[row]] > 0) {
        left[groups[row]]--;
        parts[0][train++] = row;
      } else {
        parts[1][test++] = row;
      }
    }
    return parts;
  }

  /// What is divided by itself: the class of each row, or one group for all.
  private static int[] groups(Answers answers) {
    return switch (answers) {
      case Answers.Labels labels -> labels.labels();
      case Answers.Targets targets -> new int[targets.rows()];
    };
  }

  /// The rows in the order that folds are dealt from: row `i` of it is in the test part of fold `i
  /// mod k`. Group after group, each in random order, so that the folds share each group alike.
  static int[] folds(Answers answers, int k, long seed) {
    int rows = answers.rows();
    if (k < 2 || k > rows) {
      throw new IllegalArgumentException(
          "folds: expected at least 2 and at most %d, the number of rows, found %d"
              .formatted(rows, k));
    }
    int[] groups = groups(answers);
    var starts = new int[2 + Arrays.stream(groups).max().orElse(0)];
    for (int group : groups) {
      starts[group + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    var order = new int[rows];
    for (int row : RandomStreams.folds(seed).permutation(rows)) {
      order[starts[groups[row]]++] = row;
    }
    return order;
  }

  /// How many rows of each group go to the training part: largest remainders, then at least one of
  /// a group on each side.
  static int[] quotas(int[] sizes, int rows, double trainFraction) {
    var quotas = new int[sizes.length];
    int missing = (int) Math.round(rows * trainFraction);
    for (int group = 0; group < sizes.length; group++) {
      quotas[group] = (int) Math.floor(sizes[group] * trainFraction);
      missing -= quotas[group];
    }
    int[] byLoss =
        IntStream.range(0, sizes.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                    (Integer group) -> quotas[group] - sizes[group] * trainFraction))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < missing; i++) {
      quotas[byLoss[i]]++;
    }
    for (int group = 0; group < sizes.length; group++) {
      if (sizes[group] >= 2) {
        quotas[group] = Math.clamp(quotas[group], 1, sizes[group] - 1);
      } else {
        quotas[group] = sizes[group];
      }
    }
    return quotas;
  }
}
