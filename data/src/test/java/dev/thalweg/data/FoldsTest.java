package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {

  private static Dataset labelled(int[] labels, int classes) {
    var x = new float[labels.length];
    for (int row = 0; row < x.length; row++) {
      x[row] = row;
    }
    return Dataset.classification(
        "rows", x, 1, labels, IntStream.range(0, classes).mapToObj(i -> "class" + i).toList());
  }

  private static int[] rows(Dataset part) {
    float[] x = part.x();
    return IntStream.range(0, x.length).map(i -> (int) x[i]).toArray();
  }

  @Test
  void everyRowIsTestedOnceAndEveryClassInItsShare() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      int classes = 1 + random.nextInt(5);
      int[] labels = random.ints(2 + random.nextInt(100), 0, classes).toArray();
      int k = 2 + random.nextInt(Math.min(10, labels.length - 1));
      Dataset data = labelled(labels, classes);
      List<Split> folds = data.folds(k, seed);
      assertThat(folds).as("seed %d", seed).hasSize(k);
      var tested = new int[labels.length];
      for (Split fold : folds) {
        int[] test = rows(fold.test());
        int[] train = rows(fold.train());
        Arrays.stream(test).forEach(row -> tested[row]++);
        assertThat(IntStream.concat(Arrays.stream(test), Arrays.stream(train)).sorted().toArray())
            .as("seed %d", seed)
            .isEqualTo(IntStream.range(0, labels.length).toArray());
        assertThat(test.length)
            .as("seed %d", seed)
            .isBetween(labels.length / k, Math.ceilDiv(labels.length, k));
        for (int c = 0; c < classes; c++) {
          int label = c;
          int all = (int) Arrays.stream(labels).filter(l -> l == label).count();
          assertThat((int) Arrays.stream(fold.test().labels()).filter(l -> l == label).count())
              .as("seed %d, class %d", seed, c)
              .isBetween(all / k, Math.ceilDiv(all, k));
        }
        // The rows keep their labels.
        assertThat(fold.test().labels())
            .isEqualTo(Arrays.stream(test).map(row -> labels[row]).toArray());
      }
      assertThat(tested).as("seed %d", seed).containsOnly(1);
    }
  }

  @Test
  void theSeedAndNothingElseDecides() {
    var iris = Datasets.named("iris");
    List<Split> once = iris.folds(5, 7);
    assertThat(iris.folds(5, 7).get(3).test().x()).isEqualTo(once.get(3).test().x());
    assertThat(once.get(3).test().x()).isEqualTo(once.get(3).test().x());
    assertThat(iris.folds(5, 8).get(3).test().x()).isNotEqualTo(once.get(3).test().x());
    for (Split fold : once) {
      assertThat(fold.train()).hasToString("iris: 120 rows, 4 features, 3 classes");
      assertThat(fold.test()).hasToString("iris: 30 rows, 4 features, 3 classes");
    }
  }

  @Test
  void aRegressionIsDividedWithoutClasses() {
    float[] x = new float[11];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    var data = Dataset.regression("rows", x, 1, x);
    assertThat(data.folds(3, 0).stream().map(f -> f.test().rows())).containsExactly(4, 4, 3);
    assertThat(data.folds(11, 0).stream().map(f -> f.test().rows())).containsOnly(1);
  }

  @Test
  void aNumberThatMakesNoFoldsIsRefused() {
    var iris = Datasets.named("iris");
    for (int k : new int[] {-1, 0, 1, 151}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> iris.folds(k, 0))
          .withMessage(
              "folds: expected at least 2 and at most 150, the number of rows, found " + k);
    }
  }
}
