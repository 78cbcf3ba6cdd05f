package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetsTest {

  private static final String KNOWN =
      "auto-mpg, breast-cancer, cifar-10, cifar-100, digits, fashion-mnist, iris, mnist, spam,"
          + " wine";

  private static final DataPlaces NOWHERE =
      new DataPlaces(List.of(), Optional.empty(), false, _ -> {});

  @Test
  void theListSaysWhatTheDataSetsAre() {
    List<DatasetInfo> all = Datasets.all(NOWHERE);
    assertThat(all).extracting(DatasetInfo::name).isEqualTo(Datasets.names());
    assertThat(Datasets.names())
        .containsExactly(
            "auto-mpg",
            "breast-cancer",
            "cifar-10",
            "cifar-100",
            "digits",
            "fashion-mnist",
            "iris",
            "mnist",
            "spam",
            "wine");
    for (DatasetInfo info : all) {
      assertThat(info.folder()).isEmpty();
      if (info.name().startsWith("cifar")) {
        assertThat(info.present()).isFalse();
        assertThat(info.rows()).isEqualTo(60_000);
        assertThat(info.features()).isEqualTo(3072);
        continue;
      }
      if (info.name().endsWith("mnist")) {
        assertThat(info.present()).isFalse();
        assertThat(info.rows()).isEqualTo(70_000);
        continue;
      }
      var data = Datasets.named(info.name(), NOWHERE);
      assertThat(Datasets.published(info.name(), NOWHERE)).isEmpty();
      assertThat(data.name()).isEqualTo(info.name());
      assertThat(data.rows()).isEqualTo(info.rows());
      assertThat(data.features()).isEqualTo(info.features());
      assertThat(data.task()).isEqualTo(info.task());
      assertThat(info.classes()).isEqualTo(data.task() == Task.REGRESSION ? 0 : data.classes());
      assertThat(info.present()).isTrue();
      if (info.name().equals("spam")) {
        assertThat(info.licence()).isEqualTo("CC0");
        continue;
      }
      assertThat(info.licence()).isEqualTo("CC BY 4.0");
      assertThat(info.source()).contains("https://doi.org/");
    }
  }

  @Test
  void digitsAreWhole() {
    var digits = Datasets.named("digits");
    assertThat(digits).hasToString("digits: 1,797 rows, 64 features, 10 classes");
    // The documentation of the UCI test part gives the rows of each class.
    assertThat(
            IntStream.range(0, 10)
                .mapToLong(c -> Arrays.stream(digits.labels()).filter(l -> l == c).count()))
        .containsExactly(178L, 182L, 177L, 183L, 181L, 182L, 181L, 179L, 174L, 180L);
    assertThat(digits.featureNames()).startsWith("pixel_0_0", "pixel_0_1").endsWith("pixel_7_7");
    assertThat(digits.shape()).containsExactly(8, 8);
    assertThat(digits.row(0)).startsWith(0, 0, 5, 13, 9, 1, 0, 0);
    float[] x = digits.x();
    for (float value : x) {
      assertThat(value >= 0 && value <= 16 && value == Math.rint(value)).isTrue();
    }
  }

  @Test
  void irisIsWhole() {
    var iris = Datasets.named("iris");
    assertThat(iris).hasToString("iris: 150 rows, 4 features, 3 classes");
    assertThat(iris.classNames()).containsExactly("setosa", "versicolor", "virginica");
    assertThat(iris.featureNames())
        .containsExactly("sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm");
    assertThat(iris.targetName()).isEqualTo("species");
    assertThat(iris.row(0)).containsExactly(5.1f, 3.5f, 1.4f, 0.2f);
    assertThat(iris.labels()[149]).isEqualTo(2);
    // Fisher's table: the mean sepal length is 5.8433.
    assertThat(Standardizer.fit(iris).means()[0])
        .isCloseTo(5.8433333, org.assertj.core.api.Assertions.within(1e-6));
  }

  @Test
  void wineIsWhole() {
    var wine = Datasets.named("wine");
    assertThat(wine).hasToString("wine: 178 rows, 13 features, 3 classes");
    assertThat(counts(wine)).containsExactly(59, 71, 48);
    assertThat(wine.targetName()).isEqualTo("cultivar");
    assertThat(wine.featureNames()).startsWith("alcohol").endsWith("proline");
  }

  @Test
  void breastCancerIsWhole() {
    var tumours = Datasets.named("breast-cancer");
    assertThat(tumours).hasToString("breast-cancer: 569 rows, 30 features, 2 classes");
    // As the repository's documentation of the data set gives them.
    assertThat(counts(tumours)).containsExactly(357, 212);
    assertThat(tumours.classNames()).containsExactly("benign", "malignant");
    assertThat(tumours.targetName()).isEqualTo("diagnosis");
  }

  @Test
  void autoMpgIsWhole() {
    var cars = Datasets.named("auto-mpg");
    assertThat(cars).hasToString("auto-mpg: 392 rows, 9 features, regression of mpg");
    assertThat(cars.featureNames())
        .containsExactly(
            "cylinders",
            "displacement",
            "horsepower",
            "weight_lbs",
            "acceleration",
            "year",
            "origin=Europe",
            "origin=Japan",
            "origin=USA");
    assertThat(cars.row(0)).containsExactly(8, 307, 130, 3504, 12, 1970, 0, 0, 1);
    assertThat(cars.targets()[0]).isEqualTo(18);
    assertThat(Standardizer.fitTargets(cars).means()[0])
        .isCloseTo(23.445918, org.assertj.core.api.Assertions.within(1e-6));
  }

  private static long[] counts(Dataset data) {
    return IntStream.range(0, data.classes())
        .mapToLong(c -> Arrays.stream(data.labels()).filter(l -> l == c).count())
        .toArray();
  }

  @Test
  void anUnknownNameIsRefusedWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.named("digit"))
        .withMessage("unknown data set 'digit' (did you mean 'digits'?); known: " + KNOWN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Datasets.named("letters"))
        .withMessage("unknown data set 'letters'; known: " + KNOWN);
  }
}
