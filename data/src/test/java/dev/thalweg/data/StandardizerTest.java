package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StandardizerTest {

  @Test
  void meansAndScalesAreThoseOfTheRowsThemselves() {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, population deviation 2; and a constant that no float equals.
    double[] known = {2, 4, 4, 4, 5, 5, 7, 9};
    var features = new double[8][];
    for (int row = 0; row < 8; row++) {
      features[row] = new double[] {known[row], 0.1, -10 * known[row]};
    }
    var fitted = Standardizer.fit(Dataset.classification(features, new int[8]));
    assertThat(fitted.means()[0]).isEqualTo(5);
    assertThat(fitted.scales()).containsExactly(2, 1, 20);
    assertThat(fitted.means()[2]).isEqualTo(-50);
    var x = fitted.apply(Dataset.classification(features, new int[8])).row(7);
    assertThat(x).containsExactly(2, 0, -2);
  }

  @Test
  void columnsThatHaveTheirScaleAreNeitherReadNorCopied() {
    byte[] pixels = IdxArrayTest.idx(8, new int[] {2, 1, 2}, 0, 51, 255, 102);
    byte[] labels = IdxArrayTest.idx(8, new int[] {2}, 0, 1);
    var data = IdxImages.of(IdxArray.parse("pixels", pixels), IdxArray.parse("labels", labels));
    assertThat(data.x()).containsExactly(0, 51f / 255, 1, 102f / 255);
    var fitted = Standardizer.fit(data);
    assertThat(fitted).isEqualTo(new Standardizer(new double[2], new double[] {1, 1}));
    assertThat(fitted.apply(data)).isSameAs(data);
    var source = data.source(Sampling.SEQUENTIAL, 0);
    assertThat(Standardizer.fit(source)).isEqualTo(fitted);
    assertThat(fitted.apply(source)).isSameAs(source);
    // a negative zero would become a positive one
    var signed = new Standardizer(new double[] {-0.0, 0}, new double[] {1, 1});
    assertThat(signed.apply(data)).isNotSameAs(data);
  }

  @Test
  void everyColumnHasMeanZeroAndDeviationOneAfterwards() {
    for (long seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      int rows = 2 + random.nextInt(300);
      var features = new double[rows][4];
      for (double[] row : features) {
        row[0] = 1e6 + random.nextGaussian();
        row[1] = 1e-20 * random.nextDouble();
        row[2] = 1e30 * random.nextGaussian();
        row[3] = 3.7;
      }
      var data = Dataset.regression(features, new double[rows]);
      var scaled = Standardizer.fit(data).apply(data);
      for (int column = 0; column < 3; column++) {
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < rows; row++) {
          double value = scaled.row(row)[column];
          sum += value;
          squares += value * value;
        }
        assertThat(sum / rows).as("seed %d", seed).isCloseTo(0, within(1e-5));
        // 1e6 leaves sixteenths in float; a column of few distinct values may be constant.
        if (squares != 0) {
          assertThat(squares / rows).as("seed %d", seed).isCloseTo(1, within(1e-4));
        }
      }
      assertThat(scaled.row(0)[3]).isZero();
    }
  }

  @Test
  void theTestPartIsScaledAsTheTrainingPartWas() {
    var train = Dataset.regression(new double[][] {{0}, {2}}, new double[] {10, 30});
    var test = Dataset.regression(new double[][] {{5}}, new double[] {60});
    var features = Standardizer.fit(train);
    var targets = Standardizer.fitTargets(train);
    assertThat(features.apply(test).x()).containsExactly(4);
    assertThat(targets.applyToTargets(test).targets()).containsExactly(4);
    assertThat(targets.applyToTargets(test).x()).containsExactly(5);
    float[] predicted = {4, -1};
    targets.invert(predicted, 0, 2);
    assertThat(predicted).containsExactly(60, 10);
  }

  @Test
  void rowsAreScaledWhereTheyAre() {
    var fitted = new Standardizer(new double[] {1, 2}, new double[] {2, 4});
    float[] x = {9, 9, 3, 6, 1, 2, 9};
    fitted.apply(x, 2, 2);
    assertThat(x).containsExactly(9, 9, 1, 1, 0, 0, 9);
    fitted.invert(x, 2, 2);
    assertThat(x).containsExactly(9, 9, 3, 6, 1, 2, 9);
  }

  @Test
  void oneWithTheSameNumbersIsEqualAndNobodyCanChangeIt() {
    double[] means = {1, 2};
    double[] scales = {3, 4};
    var one = new Standardizer(means, scales);
    var other = new Standardizer(new double[] {1, 2}, new double[] {3, 4});
    means[0] = 9;
    scales[0] = 9;
    one.means()[1] = 9;
    one.scales()[1] = 9;
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(new Standardizer(new double[] {1, 2}, new double[] {3, 5}));
    assertThat(one).isNotEqualTo(new Standardizer(new double[] {1, 0}, new double[] {3, 4}));
    assertThat(one).hasToString("standardizer of 2 columns");
    assertThat(one.columns()).isEqualTo(2);
  }

  @Test
  void badNumbersAndOtherWidthsAreRefused() {
    double[] one = {1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Standardizer(one, new double[2]))
        .withMessageContaining("found 1 means and 2 scales");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Standardizer(new double[0], new double[0]))
        .withMessageContaining("at least 1");
    for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Standardizer(one, new double[] {scale}))
          .withMessage("standardizer: expected a finite scale above 0, found %s (column 0)", scale);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Standardizer(new double[] {Double.NaN}, one))
        .withMessage("standardizer: expected a finite mean, found NaN (column 0)");
    var iris = Datasets.named("iris");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Standardizer(one, one).apply(iris))
        .withMessage("standardizer: expected 1 columns as it was fitted on, found 4");
    assertThatIllegalStateException().isThrownBy(() -> Standardizer.fitTargets(iris));
  }
}
