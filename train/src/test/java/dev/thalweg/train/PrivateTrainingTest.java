package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Parameter;
import org.junit.jupiter.api.Test;

/// Trainings whose steps are private, scaled, or wait for a plateau.
class PrivateTrainingTest {

  /// 160 images of 8×8.
  private static final Dataset DIGITS = Datasets.named("digits").split(0.089, 1).train();

  private static final Trainer TRAINER =
      Trainer.defaults().withEpochs(2).withBatchSize(32).withSeed(5);

  private static FittedModel fit(String model, String optimizer) {
    return TRAINER.fit(
        Models.parse(model, 10), Losses.softmaxCrossEntropy(), Optimizer.parse(optimizer), DIGITS);
  }

  private static double[] weights(FittedModel fitted) {
    return fitted.network().parameters().stream().mapToDouble(PrivateTrainingTest::sum).toArray();
  }

  private static double sum(Parameter parameter) {
    double sum = 0;
    for (float weight : parameter.values().floats()) {
      sum += weight;
    }
    return sum;
  }

  /// Without noise and with a norm that nothing reaches it is the mean of the gradients, rounded
  /// otherwise; with one that all reach it is another.
  @Test
  void theMeanOfTheGradientsOfExamplesIsThatOfTheBatch() {
    FittedModel plain = fit("mlp(16)", "sgd(0.1)");
    FittedModel free = fit("mlp(16)", "dp(clip=1e6, noise=0) | sgd(0.1)");
    assertThat(weights(free)).containsExactly(weights(plain), within(1e-3));
    assertThat(free.history().orElseThrow().privacy().orElseThrow().epsilon()).isInfinite();
    assertThat(plain.history().orElseThrow().privacy()).isEmpty();
    FittedModel clipped = fit("mlp(16)", "dp(clip=0.1, noise=0) | sgd(0.1)");
    assertThat(Math.abs(weights(clipped)[0] - weights(plain)[0])).isGreaterThan(1e-2);
  }

  @Test
  void noiseFollowsItsSeedAndWhatIsSpentIsSaid() {
    FittedModel one = fit("mlp(16)", "dp(noise=1.1) | sgd(0.1)");
    FittedModel same = fit("mlp(16)", "dp(noise=1.1) | sgd(0.1)");
    FittedModel other = fit("mlp(16)", "dp(noise=1.1, seed=1) | sgd(0.1)");
    assertThat(one.network().sameWeights(same.network())).isTrue();
    assertThat(one.network().sameWeights(other.network())).isFalse();
    PrivacySpent spent = one.history().orElseThrow().privacy().orElseThrow();
    assertThat(spent.rate()).isEqualTo(32.0 / DIGITS.rows());
    assertThat(spent.steps()).isEqualTo(10);
    assertThat(spent.epsilon())
        .isEqualTo(PrivacyAccountant.epsilon(1.1, 32.0 / DIGITS.rows(), 10, 1e-5));
    assertThat(spent.shuffled()).isEqualTo(PrivacyAccountant.epsilon(1.1, 1, 2, 1e-5));
    assertThat(spent.toString()).startsWith("ε = ").endsWith("δ = 1.0E-5");
  }

  @Test
  void layersWithStatisticsOfABatchAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fit("dense(8) | batch_norm | relu | dense(10)", "dp | sgd(0.1)"))
        .withMessageStartingWith(
            "dp: the examples of a batch are taken one by one: expected a model without state,"
                + " found ");
  }

  /// A power of two that overflows nothing changes no bit.
  @Test
  void aScaledLossTrainsAsItDoesUnscaled() {
    FittedModel plain = fit("mlp(16)", "sgd(0.1)");
    FittedModel scaled = fit("mlp(16)", "loss_scale(init_scale=1024) | sgd(0.1)");
    assertThat(scaled.network().sameWeights(plain.network())).isTrue();
    assertThat(scaled.history().orElseThrow().skipped()).isZero();
  }

  /// No loss is below the best one with its sign turned: with no patience the rate falls after the
  /// first epoch, as it does in PyTorch.
  @Test
  void theRateFallsWhereTheLossDoesNot() {
    FittedModel same = fit("mlp(16)", "sgd(then(0.1, 5, 0.05))");
    FittedModel fallen = fit("mlp(16)", "plateau(factor=0.5, patience=0, threshold=2) | sgd(0.1)");
    assertThat(fallen.network().sameWeights(same.network())).isTrue();
    FittedModel once = fit("mlp(16)", "plateau(factor=0.5, patience=1, threshold=2) | sgd(0.1)");
    assertThat(once.network().sameWeights(fit("mlp(16)", "sgd(0.1)").network())).isTrue();
  }
}
