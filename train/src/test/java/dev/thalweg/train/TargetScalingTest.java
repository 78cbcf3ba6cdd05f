package dev.thalweg.train;

import static dev.thalweg.nn.Layers.dense;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Sampling;
import dev.thalweg.nn.Activation;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The targets of a regression are scaled unless that is off, and what is predicted is in their own
/// unit.
class TargetScalingTest {

  private static final Trainer TRAINER = Trainer.defaults().withEpochs(100);

  private static final Sequential LINEAR = Sequential.of(dense(1));

  /// Prices of houses in a unit: a line.
  private static Dataset prices(double unit) {
    double[][] areas = new double[200][1];
    double[] prices = new double[200];
    for (int i = 0; i < 200; i++) {
      areas[i][0] = 40 + i % 100;
      prices[i] = (200_000 + 1000 * areas[i][0]) / unit;
    }
    return Dataset.regression(areas, prices);
  }

  private static FittedModel fit(Trainer trainer, Dataset data) {
    return trainer.fit(LINEAR, Losses.mse(), Optimizers.adamw(0.03), data);
  }

  @Test
  void aPriceIsLearnedInAnyUnit() {
    for (double unit : new double[] {1, 1e3, 1e6, 1e-6}) {
      FittedModel fitted = fit(TRAINER, prices(unit));
      Evaluation judged = fitted.evaluate(prices(unit));
      assertThat(judged.r2()).isGreaterThan(0.999);
      // In standard deviations the loss, in the target's own unit the rest.
      assertThat(judged.loss()).isCloseTo(1 - judged.r2(), within(1e-6));
      assertThat(judged.rmse() * unit).isLessThan(1000);
      assertThat(fitted.predict(90)[0] * unit).isCloseTo(290_000, within(500.0));
    }
    FittedModel asTheyAre = fit(TRAINER.withScaleTarget(false), prices(1));
    assertThat(asTheyAre.preprocessing().targetStandardizer()).isEmpty();
    assertThat(asTheyAre.evaluate(prices(1)).r2()).isNegative();
  }

  static Stream<Arguments> trainings() {
    Sequential hidden = Sequential.of(dense(4, Activation.RELU), dense(1));
    Sequential positive = Sequential.of(dense(4), dense(1, Activation.SOFTPLUS));
    return Stream.of(
        Arguments.of(hidden, Losses.mse(), true),
        Arguments.of(hidden, Losses.mae(), true),
        Arguments.of(hidden, Losses.huber(1), true),
        Arguments.of(hidden, Loss.of("(p - y)^4"), true),
        // Scaled by its mean, a target is no longer what these are told of it.
        Arguments.of(hidden, Loss.of("(p - y)^2 / (1 + y^2)"), false),
        Arguments.of(positive, Losses.mse(), false));
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void targetsAreScaledUnderALossOfDifferencesAndALinearLastLayer(
      Sequential model, Loss loss, boolean scaled) {
    FittedModel fitted =
        TRAINER.withEpochs(1).fit(model, loss, Optimizers.adamw(1e-3), prices(1e4));
    assertThat(fitted.preprocessing().targetStandardizer().isPresent()).isEqualTo(scaled);
  }

  @Test
  void aLoadedModelPredictsTheSameNumbers(@TempDir Path place) {
    FittedModel fitted = fit(TRAINER.withEpochs(2), prices(1));
    fitted.save(place.resolve("m"));
    FittedModel loaded = FittedModel.load(place.resolve("m"));
    assertThat(loaded.preprocessing()).isEqualTo(fitted.preprocessing());
    assertThat(loaded.predict(77)).isEqualTo(fitted.predict(77));
    assertThat(loaded.evaluate(prices(1))).isEqualTo(fitted.evaluate(prices(1)));
  }

  @Test
  void rowsThatAreReadGiveTheSameModel() {
    Dataset data = prices(1e3);
    FittedModel ofSource =
        TRAINER
            .withEpochs(2)
            .fit(LINEAR, Losses.mse(), Optimizers.adamw(0.03), data.source(Sampling.SHUFFLE, 0));
    FittedModel ofData = fit(TRAINER.withEpochs(2), data);
    assertThat(ofSource.preprocessing().targetStandardizer())
        .isEqualTo(ofData.preprocessing().targetStandardizer());
    assertThat(ofSource.predict(50)[0]).isCloseTo(ofData.predict(50)[0], within(0.01));
  }

  @Test
  void foldsAndGridsScaleByTheRowsThatATrainingHas() {
    CrossValidation folds =
        TRAINER.crossValidate(LINEAR, Losses.mse(), Optimizers.adamw(0.03), prices(1), 4);
    assertThat(folds.mean("r2")).isGreaterThan(0.999);
    var results =
        GridSearch.defaults()
            .withFolds(2)
            .run(
                List.of(0.03, 1e-6),
                prices(1),
                (rate, seed, train) ->
                    TRAINER
                        .withSeed(seed)
                        .fit(LINEAR, Losses.mse(), Optimizers.adamw(rate), train));
    assertThat(results.getFirst().point()).isEqualTo(0.03);
    assertThat(results.getFirst().score()).isGreaterThan(0.99);
  }

  @Test
  void classesAreLeftAsTheyAre() {
    FittedModel iris =
        TRAINER
            .withEpochs(1)
            .fit(
                Sequential.of(dense(3)),
                Losses.softmaxCrossEntropy(),
                Optimizers.adamw(0.01),
                Datasets.named("iris"));
    assertThat(iris.preprocessing().targetStandardizer()).isEmpty();
  }
}
