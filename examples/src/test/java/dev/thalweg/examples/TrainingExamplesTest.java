package dev.thalweg.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Split;
import dev.thalweg.examples.LearningRateGrid.Row;
import dev.thalweg.examples.LogisticWeights.Weight;
import dev.thalweg.examples.MomentumCoefficients.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples that train networks, each with fewer epochs where that shows enough.
class TrainingExamplesTest {

  @Test
  void theTutorialsSettingsDivergeAndATenthOfTheLearningRateTrains() {
    List<String> lines = new ArrayList<>();
    for (int brightest : new int[] {255, 1}) {
      assertThat(DenseSgdMomentum.run(brightest, 0.01, lines::add)).isEmpty();
      assertThat(lines).hasSize(1).first().asString().contains("diverged at step");
      lines.clear();
    }
    assertThat(DenseSgdMomentum.run(1, 0.001, lines::add).orElseThrow()).isGreaterThan(0.5);
    assertThat(lines).hasSize(11);
  }

  @Test
  void theRegressionByHandExplainsTheCars() {
    List<String> lines = new ArrayList<>();
    assertThat(RegressionByHand.run(100, lines::add).r2()).isGreaterThan(0.75);
    assertThat(lines).hasSize(5);
  }

  @Test
  void theGridPrefersARateBetweenTooLargeAndTooSmall() {
    List<Row> rows = LearningRateGrid.search(1000, 0.1, 0.0001);
    assertThat(rows).extracting(Row::learningRate).first().isEqualTo(0.1);
    assertThat(rows.getFirst().accuracy()).isGreaterThan(0.93);
    assertThat(rows.getFirst().spread()).isBetween(0.0, 0.03);
  }

  @Test
  void theSmallTrainingPartIsLearnedByHeartAndDropoutHelps() {
    var plain = Overfitting.train("mlp(128)", 150);
    var dropout = Overfitting.train("mlp(128, dropout=0.5)", 150);
    assertThat(plain.trained()).isEqualTo(1);
    assertThat(plain.tested()).isBetween(0.75, 0.95);
    assertThat(dropout.losses().getLast()).isLessThan(plain.losses().getLast());
    assertThat(Overfitting.picture(List.of(plain, dropout)))
        .startsWith("<svg")
        .endsWith("</svg>\n")
        .contains("mlp(128, dropout=0.5)</text>", "<polyline points='");
  }

  @Test
  void moreMomentumIsFasterAtFirstUpToWhatTheRateBears() {
    List<Outcome> outcomes =
        MomentumCoefficients.OPTIMIZERS.stream()
            .map(text -> MomentumCoefficients.train(text, 5))
            .toList();
    double none = outcomes.get(0).losses().getLast();
    double usual = outcomes.get(1).losses().getLast();
    assertThat(usual).isLessThan(none / 2);
    assertThat(outcomes.get(1).accuracy()).isGreaterThan(0.93);
    // The first steps are those of the learning rate: the memory has yet to fill.
    assertThat(outcomes.get(3).losses().getFirst())
        .isGreaterThan(outcomes.get(1).losses().getFirst());
  }

  @Test
  void theWeightsOfTheLogisticRegressionAreSortedAndNamed() {
    var explanation = LogisticWeights.explain();
    assertThat(explanation.accuracy()).isGreaterThan(0.94);
    assertThat(explanation.weights()).hasSize(30);
    List<Weight> weights = explanation.weights();
    for (int i = 1; i < weights.size(); i++) {
      assertThat(Math.abs(weights.get(i).weight()))
          .isLessThanOrEqualTo(Math.abs(weights.get(i - 1).weight()));
    }
    assertThat(explanation.first()).isNotEqualTo(explanation.second());
    assertThat(weights.getFirst().oddsRatio()).isNotEqualTo(1);
  }

  @Test
  void anAutoencoderLosesLessThanAsManyPrincipalComponents() {
    DigitsAutoencoder.Outcome outcome = DigitsAutoencoder.train(25, line -> {});
    assertThat(outcome.loss()).isLessThan(0.9 * outcome.pca()).isGreaterThan(0.01);
    assertThat(outcome.pca()).isBetween(0.045, 0.06);
    assertThat(DigitsAutoencoder.picture(outcome)).startsWith("<svg").contains(">7</text>");
  }

  @Test
  void filesOfImagesTrainAsTheArraysThatTheyWereMadeOf(@TempDir Path folder) throws IOException {
    Split digits = Datasets.named("digits").split(0.8, 0);
    Dataset train = JpegFolder.some(digits.train(), 20);
    JpegFolder.write(train, folder);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".jpg"))).hasSize(200);
    }
    Dataset test = JpegFolder.some(digits.test(), Integer.MAX_VALUE);
    JpegFolder.Outcome outcome = JpegFolder.train(folder, train, test, 15, 1);
    assertThat(outcome.arrays()).isGreaterThan(0.85);
    assertThat(outcome.files()).isCloseTo(outcome.arrays(), within(0.04));
  }
}
