package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

  /// A data set whose only feature is the number of the row.
  private static Dataset labelled(int... labels) {
    var x = new float[labels.length];
    for (int row = 0; row < x.length; row++) {
      x[row] = row;
    }
    int classes = 1 + Arrays.stream(labels).max().orElse(0);
    return Dataset.classification(
        "rows", x, 1, labels, IntStream.range(0, classes).mapToObj(i -> "class" + i).toList());
  }

  private static int[] rows(Dataset part) {
    float[] x = part.x();
    return IntStream.range(0, x.length).map(i -> (int) x[i]).toArray();
  }

  private static long count(int[] labels, int label) {
    return Arrays.stream(labels).filter(l -> l == label).count();
  }

  @Test
  void partsArePartitionsWithEveryClassInItsShare() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      int classes = 1 + random.nextInt(6);
      int[] labels = random.ints(2 + random.nextInt(200), 0, classes).toArray();
      double fraction = 0.05 + 0.9 * random.nextDouble();
      Dataset data = labelled(labels);
      Split split;
      try {
        split = data.split(fraction, seed);
      } catch (IllegalArgumentException e) {
        // Only where every class has a single row, all of which are for training.
        assertThat(IntStream.range(0, classes).mapToLong(c -> count(labels, c)))
            .as("seed %d: %s", seed, e.getMessage())
            .allMatch(n -> n < 2);
        continue;
      }
      int[] train = rows(split.train());
      int[] test = rows(split.test());
      assertThat(IntStream.concat(Arrays.stream(train), Arrays.stream(test)).sorted().toArray())
          .as("seed %d", seed)
          .isEqualTo(IntStream.range(0, labels.length).toArray());
      // The rows keep their labels.
      assertThat(split.train().labels())
          .as("seed %d", seed)
          .isEqualTo(Arrays.stream(train).map(row -> labels[row]).toArray());
      assertThat(split.test().classNames()).isEqualTo(data.classNames());
      for (int c = 0; c < classes; c++) {
        long all = count(labels, c);
        long training = count(split.train().labels(), c);
        assertThat((double) training)
            .as("seed %d, class %d of %d rows", seed, c, all)
            .isCloseTo(all * fraction, within(1.0));
        if (all >= 2) {
          assertThat(training).as("seed %d, class %d", seed, c).isBetween(1L, all - 1);
        } else {
          assertThat(training).as("seed %d, class %d", seed, c).isEqualTo(all);
        }
      }
    }
  }

  @Test
  void aRegressionIsSplitAtTheNearestNumberOfRows() {
    for (int rows = 2; rows < 60; rows++) {
      var x = new float[rows];
      for (int i = 0; i < rows; i++) {
        x[i] = i;
      }
      var data = Dataset.regression("rows", x, 1, x);
      for (double fraction : new double[] {0.01, 0.2, 0.5, 0.8, 0.99}) {
        var split = data.split(fraction, rows);
        long expected = Math.clamp(Math.round(rows * fraction), 1, rows - 1);
        assertThat(split.train().rows()).isEqualTo((int) expected);
        assertThat(
                IntStream.concat(
                        Arrays.stream(rows(split.train())), Arrays.stream(rows(split.test())))
                    .sorted())
            .containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
        assertThat(split.test().targets()).isEqualTo(split.test().x());
      }
    }
  }

  @Test
  void digitsAreSplitAsTheRuleSays() {
    var split = Datasets.named("digits").split(0.8, 0);
    assertThat(split.train()).hasToString("digits: 1,438 rows, 64 features, 10 classes");
    assertThat(split.test()).hasToString("digits: 359 rows, 64 features, 10 classes");
  }

  @Test
  void quotasAreLargestRemaindersWithOneOfAClassOnEachSide() {
    // Exact shares 2.1, 2.8, 2.1 of 7 rows in training: 2, 3, 2.
    assertThat(Splitting.quotas(new int[] {3, 4, 3}, 10, 0.7)).containsExactly(2, 3, 2);
    // Exact shares 1.8, 1.8, 8.1: 12 rows, and yet a row of each class is tested.
    assertThat(Splitting.quotas(new int[] {2, 2, 9}, 13, 0.9)).containsExactly(1, 1, 8);
    assertThat(Splitting.quotas(new int[] {2, 2, 9}, 13, 0.1)).containsExactly(1, 1, 1);
    assertThat(Splitting.quotas(new int[] {1, 0, 9}, 10, 0.1)).containsExactly(1, 0, 1);
    // Equal losses: the first class.
    assertThat(Splitting.quotas(new int[] {3, 3}, 6, 0.5)).containsExactly(2, 1);
  }

  @Test
  void theSeedAndNothingElseDecides() {
    var data = Datasets.named("iris");
    var once = data.split(0.8, 7);
    assertThat(data.split(0.8, 7).train().x()).isEqualTo(once.train().x());
    assertThat(data.split(0.8, 7).test().labels()).isEqualTo(once.test().labels());
    assertThat(data.split(0.8, 8).train().x()).isNotEqualTo(once.train().x());
    // Shuffled: iris stands sorted by species.
    assertThat(once.train().labels())
        .isNotEqualTo(Arrays.stream(once.train().labels()).sorted().toArray());
  }

  @Test
  void everyRowIsTestedInItsShareOfSeeds() {
    // 400 splits of 20 rows, a quarter tested: the count of each row has mean 100, deviation 8.7.
    var data = labelled(new int[20]);
    var counts = new int[20];
    for (long seed = 0; seed < 400; seed++) {
      for (int row : rows(data.split(0.75, seed).test())) {
        counts[row]++;
      }
    }
    assertThat(Arrays.stream(counts).boxed()).allSatisfy(n -> assertThat(n).isBetween(60, 140));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void aFractionOutsideIsRefused(double fraction) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> labelled(0, 1, 0, 1).split(fraction, 0))
        .withMessage("split: expected a training fraction above 0 and below 1, found " + fraction);
  }

  @Test
  void whatCannotBeDividedIsRefused() {
    for (Dataset single : List.of(labelled(0), labelled(0, 1, 2))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> single.split(0.5, 0))
          .withMessageContaining("split: expected at least 1 row in each part");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.regression("one", new float[1], 1, new float[1]).split(0.5, 0))
        .withMessageContaining("split: expected at least 1 row in each part");
  }
}
