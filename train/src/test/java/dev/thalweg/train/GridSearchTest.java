package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.GridSearch.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridSearchTest {

  private static final Dataset IRIS = Datasets.named("iris");

  private static FittedModel fit(double rate, long seed, Dataset train) {
    return Trainer.defaults()
        .withEpochs(4)
        .withSeed(seed)
        .fit(Models.parse("mlp(8)", 3), Losses.softmaxCrossEntropy(), Optimizers.sgd(rate), train);
  }

  private static List<Result<Double>> search(int threads, List<Double> rates) {
    return GridSearch.defaults()
        .withFolds(3)
        .withSeeds(2)
        .withEngine(Engine.of("auto", threads))
        .run(rates, IRIS, GridSearchTest::fit);
  }

  @Test
  void theBestIsFirstWhatDivergesLastAndThreadsChangeNoBit() {
    List<Double> rates = List.of(1e-4, 1e30, 0.1);
    List<Result<Double>> results = search(1, rates);
    assertThat(results).extracting(Result::point).containsExactly(0.1, 1e-4, 1e30);
    assertThat(results.getFirst().score()).isGreaterThan(0.7);
    assertThat(results.getLast().diverged()).isTrue();
    assertThat(search(3, rates)).isEqualTo(results);
  }

  @Test
  void aScoreIsTheMeanOverTheFoldsOfItsSeed() {
    Result<Double> result = search(2, List.of(0.1)).getFirst();
    for (int seed = 0; seed < 2; seed++) {
      double sum = 0;
      for (var fold : IRIS.folds(3, seed)) {
        sum += fit(0.1, seed, fold.train()).evaluate(fold.test()).accuracy();
      }
      assertThat(result.scores().get(seed)).isEqualTo(sum / 3);
    }
    double difference = result.scores().get(0) - result.scores().get(1);
    assertThat(result.spread())
        .isCloseTo(
            Math.abs(difference) / Math.sqrt(2), org.assertj.core.api.Assertions.within(1e-12));
  }

  @Test
  void aValidationPartIsJudgedOnce() {
    var results =
        GridSearch.defaults().withValidation(0.3).run(List.of(0.1), IRIS, GridSearchTest::fit);
    var parts = IRIS.split(0.7, 0);
    assertThat(results.getFirst().scores())
        .containsExactly(fit(0.1, 0, parts.train()).evaluate(parts.test()).accuracy());
    assertThat(results.getFirst().spread()).isZero();
  }

  @Test
  void whatAFitThrowsReachesTheCaller() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search(2, List.of(-1.0)))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException().isThrownBy(() -> GridSearch.defaults().withFolds(0));
    assertThatIllegalArgumentException().isThrownBy(() -> GridSearch.defaults().withValidation(1));
    assertThatIllegalArgumentException().isThrownBy(() -> GridSearch.defaults().withSeeds(0));
  }
}
