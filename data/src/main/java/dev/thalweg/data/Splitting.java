package dev.thalweg.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Divides rows into parts; see [Dataset#split] and [Dataset#folds] for the rules. Rows of weight 0
/// are in no part.
final class Splitting {

  private Splitting() {}

  /// The rows of the training part and those of the test part, each in random order.
  static int[][] split(
      Answers answers, float @Nullable [] weights, double trainFraction, long seed) {
    // Written so that NaN is refused too.
    if (!(trainFraction > 0 && trainFraction < 1)) {
      throw new IllegalArgumentException(
          "split: expected a training fraction above 0 and below 1, found " + trainFraction);
    }
    int[] counted = counted(answers, weights);
    int rows = counted.length;
    int[] groups = groups(answers, counted);
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
        parts[0][train++] = counted[row];
      } else {
        parts[1][test++] = counted[row];
      }
    }
    return parts;
  }

  /// The rows that are divided: those of weight 0 are as if they were not there.
  private static int[] counted(Answers answers, float @Nullable [] weights) {
    return IntStream.range(0, answers.rows())
        .filter(row -> weights == null || weights[row] > 0)
        .toArray();
  }

  /// What is divided by itself: the class of each row, or one group for all.
  private static int[] groups(Answers answers, int[] rows) {
    return switch (answers) {
      case Answers.Labels labels -> Arrays.stream(rows).map(row -> labels.labels()[row]).toArray();
      case Answers.Targets _ -> new int[rows.length];
    };
  }

  /// The rows in the order that folds are dealt from: row `i` of it is in the test part of fold `i
  /// mod k`. Group after group, each in random order, so that the folds share each group alike.
  static int[] folds(Answers answers, float @Nullable [] weights, int k, long seed) {
    int[] counted = counted(answers, weights);
    int rows = counted.length;
    if (k < 2 || k > rows) {
      throw new IllegalArgumentException(
          "folds: expected at least 2 and at most %d, the number of rows, found %d"
              .formatted(rows, k));
    }
    int[] groups = groups(answers, counted);
    var starts = new int[2 + Arrays.stream(groups).max().orElse(0)];
    for (int group : groups) {
      starts[group + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    var order = new int[rows];
    for (int row : RandomStreams.folds(seed).permutation(rows)) {
      order[starts[groups[row]]++] = counted[row];
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
