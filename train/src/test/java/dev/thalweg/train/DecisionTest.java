package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Task;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The positive class, the threshold, the temperature.
class DecisionTest {

  @TempDir Path folder;

  private static FittedModel fit(Dataset train, int classes) {
    return Trainer.defaults()
        .withEpochs(30)
        .fit(
            Models.parse("mlp(64)", classes),
            Losses.softmaxCrossEntropy(),
            Optimizers.adam(0.01),
            train);
  }

  private static Evaluation of(float[] outputs, float... labels) {
    return new Evaluation(
        0, new Outcomes(Task.CLASSIFICATION, List.of("no", "yes"), outputs, labels), Map.of());
  }

  @Test
  void aThresholdDecidesAndFiguresFollow() {
    // Probabilities of yes: 0.5, 0.119, 0.881, 0.269.
    var plain = of(new float[] {0, -2, 2, -1}, 1, 0, 1, 1);
    assertThat(plain.accuracy()).isEqualTo(0.5);
    assertThat(plain.recall()).isCloseTo(1.0 / 3, within(1e-15));
    var low = plain.with(Decision.standard().withThreshold(0.25));
    assertThat(low.accuracy()).isEqualTo(1);
    assertThat(low.f1()).isEqualTo(1);
    assertThat(low.confusion().count(1, 1)).isEqualTo(3);
    assertThat(low.rocAuc()).isEqualTo(plain.rocAuc());
    // From 0.5 on, and not above it.
    assertThat(plain.with(Decision.standard().withThreshold(0.5)).recall())
        .isCloseTo(2.0 / 3, within(1e-15));
    var aboutNo = plain.with(Decision.standard().withPositive("no"));
    assertThat(aboutNo.accuracy()).isEqualTo(plain.accuracy());
    assertThat(aboutNo.precision()).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(aboutNo.recall()).isEqualTo(1);
    assertThat(aboutNo.prAuc()).isEqualTo(1);
  }

  @Test
  void theThresholdOfTheLargestF1IsBetweenTwoProbabilities() {
    var outcomes = of(new float[] {0, -2, 2, -1, -4}, 1, 0, 1, 1, 0).outcomes();
    var p = outcomes.probability(3, 1);
    var q = outcomes.probability(1, 1);
    assertThat(Thresholds.ofLargestF1(outcomes, 1)).isCloseTo((p + q) / 2, within(1e-15));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Thresholds.ofLargestF1(of(new float[] {1, 2}, 1, 1).outcomes(), 1))
        .withMessage(
            "threshold: expected rows of 'yes' and of another class in the validation part, found"
                + " only it");
  }

  @Test
  void calibrationMakesTheLogLossSmallestAndChangesNoClass() {
    var parts = Datasets.named("breast-cancer").split(0.5, 3);
    var halves = parts.test().split(0.5, 3);
    var fitted = fit(parts.train(), 2);
    var calibrated = fitted.calibrated(halves.train());
    var temperature = calibrated.decision().temperature();
    assertThat(temperature).isGreaterThan(1.2);
    var before = fitted.evaluate(halves.train());
    var after = calibrated.evaluate(halves.train());
    assertThat(after.logLoss()).isLessThan(before.logLoss());
    assertThat(after.accuracy()).isEqualTo(before.accuracy());
    assertThat(after.rocAuc()).isEqualTo(before.rocAuc());
    // Again there is nothing left to do.
    var again = calibrated.calibrated(halves.train());
    assertThat(again.decision().temperature()).isCloseTo(temperature, within(1e-5));
    assertThat(fitted.decision().temperature()).isEqualTo(1);
    // One row at a time is as the evaluation.
    var row = halves.test().row(0);
    var x = new double[row.length];
    for (var i = 0; i < x.length; i++) {
      x[i] = row[i];
    }
    assertThat(calibrated.predict(x)[1])
        .isCloseTo(calibrated.evaluate(halves.test()).outcomes().probability(0, 1), within(1e-6));
  }

  @Test
  void isSavedWithTheModel() {
    var parts = Datasets.named("breast-cancer").split(0.6, 1);
    var halves = parts.test().split(0.5, 1);
    var model =
        fit(parts.train(), 2)
            .withPositive("malignant")
            .calibrated(halves.train())
            .withBestThreshold(halves.train());
    model.save(folder.resolve("m"));
    var loaded = FittedModel.load(folder.resolve("m"));
    assertThat(loaded.decision()).isEqualTo(model.decision());
    assertThat(loaded.decision().positive()).contains("malignant");
    assertThat(loaded.evaluate(halves.test())).isEqualTo(model.evaluate(halves.test()));
    assertThat(loaded.evaluate(halves.train()).f1())
        .isGreaterThanOrEqualTo(model.withThreshold(0.5).evaluate(halves.train()).f1());
    var t = loaded.decision().threshold().orElseThrow();
    var positive = loaded.classNames().indexOf("malignant");
    var p = new double[] {0, 0};
    p[positive] = t;
    p[1 - positive] = 1 - t;
    assertThat(loaded.decide(p)).isEqualTo(positive);
  }

  @Test
  void whatDoesNotFitGetsASentence() {
    var iris = fit(Datasets.named("iris"), 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> iris.withPositive("setsoa"))
        .withMessage(
            "positive: unknown class 'setsoa' (did you mean 'setosa'?); known: setosa, versicolor,"
                + " virginica");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> iris.withThreshold(0.3))
        .withMessage("threshold: expected a positive class to be named, as there are 3 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> iris.withPositive("setosa").withThreshold(1))
        .withMessage("threshold must lie in (0, 1), found 1.0");
    var ofOne = iris.withPositive("virginica").withThreshold(0.1);
    assertThat(ofOne.decide(0.2, 0.65, 0.15)).isEqualTo(2);
    assertThat(ofOne.decide(0.3, 0.65, 0.05)).isEqualTo(1);
    assertThat(ofOne.evaluate(Datasets.named("iris")).recall())
        .isEqualTo(ofOne.evaluate(Datasets.named("iris")).confusion().recall(2));
  }
}
