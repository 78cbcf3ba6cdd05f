package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetTest {

  private static final double[][] FEATURES = {{1, 2}, {3, 4}, {5, 6}};
  private static final Dataset FLOWERS = Dataset.classification(FEATURES, new int[] {0, 2, 0});
  private static final Dataset CARS = Dataset.regression(FEATURES, new double[] {0.5, 1.5, -2});

  @Test
  void aClassificationHasWhatWasPutIn() {
    assertThat(FLOWERS.rows()).isEqualTo(3);
    assertThat(FLOWERS.features()).isEqualTo(2);
    assertThat(FLOWERS.x()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(FLOWERS.row(1)).containsExactly(3, 4);
    assertThat(FLOWERS.labels()).containsExactly(0, 2, 0);
    assertThat(FLOWERS.classNames()).containsExactly("0", "1", "2");
    assertThat(FLOWERS.task()).isEqualTo(Task.CLASSIFICATION);
    assertThat(FLOWERS.featureNames()).containsExactly("x0", "x1");
    assertThat(FLOWERS.targetName()).isEqualTo("class");
    assertThatIllegalStateException()
        .isThrownBy(FLOWERS::targets)
        .withMessage("data: expected targets of a regression, found labels of a classification");
  }

  @Test
  void aRegressionHasWhatWasPutIn() {
    assertThat(CARS.targets()).containsExactly(0.5f, 1.5f, -2);
    assertThat(CARS.task()).isEqualTo(Task.REGRESSION);
    assertThat(CARS.targetName()).isEqualTo("target");
    assertThatIllegalStateException()
        .isThrownBy(CARS::labels)
        .withMessage("data: expected labels of a classification, found targets of a regression");
  }

  @Test
  void arraysGoInAndOutAsCopies() {
    float[] x = {1, 2};
    int[] labels = {0, 1};
    var data = Dataset.classification("d", x, 1, labels, List.of("a", "b"));
    float[] targets = {3, 4};
    var numbers = Dataset.regression("d", x, 1, targets);
    x[0] = 9;
    labels[0] = 1;
    targets[0] = 9;
    data.x()[1] = 9;
    data.labels()[1] = 0;
    data.row(0)[0] = 9;
    numbers.targets()[1] = 9;
    assertThat(data.x()).containsExactly(1, 2);
    assertThat(data.labels()).containsExactly(0, 1);
    assertThat(numbers.x()).containsExactly(1, 2);
    assertThat(numbers.targets()).containsExactly(3, 4);
  }

  @Test
  void withXChangesOneThingAndKeepsTheRest() {
    var named = FLOWERS.withName("n").withFeatureNames(List.of("a", "b")).withTargetName("species");
    var other = named.withX(new float[] {6, 5, 4, 3, 2, 1});
    assertThat(other.name()).isEqualTo("n");
    assertThat(other.featureNames()).containsExactly("a", "b");
    assertThat(other.targetName()).isEqualTo("species");
    assertThat(other.labels()).containsExactly(0, 2, 0);
    assertThat(other.x()).containsExactly(6, 5, 4, 3, 2, 1);
    assertThat(named.x()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(CARS.withTargetName("mpg").withTargets(new float[] {1, 2, 3}).targetName())
        .isEqualTo("mpg");
    assertThat(named.subset(2, 0).targetName()).isEqualTo("species");
  }

  @Test
  void aSubsetHasItsRowsInTheOrderGiven() {
    var subset = FLOWERS.subset(2, 0, 2);
    assertThat(subset.x()).containsExactly(5, 6, 1, 2, 5, 6);
    assertThat(subset.labels()).containsExactly(0, 0, 0);
    assertThat(subset.classes()).isEqualTo(3);
    assertThat(CARS.subset(2).targets()).containsExactly(-2);
    assertThatThrownBy(() -> FLOWERS.subset(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> FLOWERS.subset(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException().isThrownBy(FLOWERS::subset);
  }

  @Test
  void gatherCopiesToThePlaceAskedFor() {
    var x = new float[6];
    FLOWERS.gather(new int[] {9, 2, 0, 9}, 1, 2, x, 1);
    assertThat(x).containsExactly(0, 5, 6, 1, 2, 0);
    var labels = new int[3];
    FLOWERS.gatherLabels(new int[] {9, 1, 0}, 1, 2, labels, 1);
    assertThat(labels).containsExactly(0, 2, 0);
    var targets = new float[3];
    CARS.gatherTargets(new int[] {9, 1, 2}, 1, 2, targets, 1);
    assertThat(targets).containsExactly(0, 1.5f, -2);
  }

  @Test
  void printsWhatAPersonWantsToSee() {
    assertThat(FLOWERS.withName("flowers")).hasToString("flowers: 3 rows, 2 features, 3 classes");
    assertThat(CARS.withTargetName("mpg"))
        .hasToString("data: 3 rows, 2 features, regression of mpg");
    var large = Dataset.regression("large", new float[1234], 1, new float[1234]);
    assertThat(large).hasToString("large: 1,234 rows, 1 feature, regression of target");
  }

  static Stream<Arguments> bad() {
    List<String> ab = List.of("a", "b");
    float[] four = {1, 2, 3, 4};
    return Stream.of(
        row(
            () -> Dataset.classification(new double[0][], new int[0]),
            "features: expected at least 1 row, found none"),
        row(
            () -> Dataset.classification(new double[][] {{}}, new int[1]),
            "features: expected at least 1 column, found none (row 0)"),
        row(
            () -> Dataset.classification(new double[][] {{1, 2}, {3}}, new int[2]),
            "features: expected 2 numbers as in row 0, found 1 (row 1)"),
        row(
            () -> Dataset.classification(new double[][] {{1, 2}, {3, Double.NaN}}, new int[2]),
            "features: expected a finite float, found NaN (row 1, column 1)"),
        row(
            () -> Dataset.regression(new double[][] {{1, 2}, {1e39, 1}}, new double[2]),
            "features: expected a finite float, found 1.0E39 (row 1, column 0)"),
        row(
            () -> Dataset.regression(FEATURES, new double[] {1, 2, Double.POSITIVE_INFINITY}),
            "targets: expected a finite float, found Infinity (row 2)"),
        row(
            () -> Dataset.classification(FEATURES, new int[2]),
            "labels: expected 3, one for each row, found 2"),
        row(
            () -> Dataset.classification(FEATURES, new int[0]),
            "labels: expected 3, one for each row, found 0"),
        row(
            () -> Dataset.regression(FEATURES, new double[4]),
            "targets: expected 3, one for each row, found 4"),
        row(
            () -> Dataset.classification(FEATURES, new int[] {0, -1, 0}),
            "labels: expected a class from 0 to 0, found -1 (row 1)"),
        row(
            () -> Dataset.classification("d", four, 2, new int[] {0, 2}, ab),
            "labels: expected a class from 0 to 1, found 2 (row 1)"),
        row(
            () -> Dataset.classification("d", four, 2, new int[2], List.of("a", "a")),
            "class names: expected different names, found 'a' twice (0 and 1)"),
        row(
            () -> Dataset.classification("d", four, 2, new int[2], List.of()),
            "class names: expected 1, found 0"),
        row(
            () -> Dataset.classification("d", four, 3, new int[2], ab),
            "features: expected 2 × 3 = 6 numbers, found 4"),
        row(
            () -> Dataset.classification("d", four, 0, new int[2], ab),
            "features: expected at least 1, found 0"),
        row(
            () -> Dataset.classification("d", new float[0], 2, new int[0], ab),
            "features: expected at least 1 row, found none"),
        row(
            () -> Dataset.regression("d", new float[] {1, 2, Float.NaN, 4}, 2, new float[2]),
            "features: expected a finite number, found NaN (row 1, column 0, 'x0')"),
        row(
            () -> Dataset.regression("d", four, 2, new float[] {1, Float.NEGATIVE_INFINITY}),
            "targets: expected a finite float, found -Infinity (row 1)"),
        row(() -> FLOWERS.withFeatureNames(ab.subList(0, 1)), "feature names: expected 2, found 1"),
        row(
            () -> FLOWERS.withX(new float[] {0, 0, 0, Float.NaN, 0, 0}),
            "features: expected a finite number, found NaN (row 1, column 1, 'x1')"),
        row(() -> FLOWERS.withX(new float[7]), "features: expected 3 × 2 = 6 numbers, found 7"),
        row(
            () -> CARS.withTargets(new float[2]),
            "targets: expected one for each of 3 rows, found 2"),
        row(() -> FLOWERS.batches(0), "batch: expected at least 1 row, found 0"));
  }

  private static Arguments row(Supplier<Object> call, String sentence) {
    return arguments(sentence, call);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void badInputIsRefusedInOneSentence(String sentence, Supplier<Object> call) {
    assertThatIllegalArgumentException().isThrownBy(call::get).withMessage(sentence);
  }

  @Test
  void labelsThatCountFromOneMakeNoClassOfTheirOwn() {
    double[][] x = {{1}, {2}, {3}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.classification(x, new int[] {1, 3, 2}))
        .withMessage(
            "labels: expected classes that count from 0, found all from 1 to 3 and no 0; subtract 1"
                + " from each, or name the classes by Dataset.classification(name, x, features,"
                + " labels, classNames)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.classification(x, new int[] {0, 1_000_000_000, 2}))
        .withMessage("labels: expected classes from 0 to 65535, found 1000000000 (row 1)");
    assertThat(Dataset.classification(x, new int[] {2, 1, 4}).classes()).isEqualTo(5);
    assertThat(Dataset.classification(x, new int[] {1, 1, 1}).classes()).isEqualTo(2);
  }

  @Test
  void tasksAndSamplingsAreReadAsTheyPrint() {
    assertThat(Arrays.stream(Task.values()).map(t -> Task.parse(t.toString())))
        .containsExactly(Task.values());
    assertThat(Arrays.stream(Sampling.values()).map(s -> Sampling.parse(s.toString())))
        .containsExactly(Sampling.values());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Task.parse("regresion"))
        .withMessage(
            "unknown task 'regresion' (did you mean 'regression'?); known: classification,"
                + " regression");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sampling.parse("shufle"))
        .withMessageContaining("did you mean 'shuffle'?");
  }
}
