package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizer;
import org.junit.jupiter.api.Test;

/// Trainings whose optimizer asks for gradients against answers that are drawn from the model.
class DrawnAnswersTest {

  /// 160 images of 8×8.
  private static final Dataset DIGITS = Datasets.named("digits").split(0.089, 1).train();

  private static final Trainer TRAINER =
      Trainer.defaults().withEpochs(20).withBatchSize(32).withSeed(5);

  private static FittedModel fit(Trainer trainer, String model, String loss, String optimizer) {
    return trainer.fit(
        Models.parse(model, 10), Losses.parse(loss), Optimizer.parse(optimizer), DIGITS);
  }

  @Test
  void sophiaLearnsByDrawnAnswersWhichFollowTheSeed() {
    String optimizer = "sophia_g(lr=0.01, gamma=0.1, every=5, weight_decay=0)";
    FittedModel one = fit(TRAINER, "mlp(16, dropout=0.2)", "softmax_cross_entropy", optimizer);
    FittedModel same = fit(TRAINER, "mlp(16, dropout=0.2)", "softmax_cross_entropy", optimizer);
    assertThat(one.network().sameWeights(same.network())).isTrue();
    assertThat(one.history().orElseThrow().epochs().getLast().loss()).isLessThan(0.6);
    FittedModel never =
        fit(
            TRAINER,
            "mlp(16, dropout=0.2)",
            "softmax_cross_entropy",
            optimizer.replace("every=5", "every=100000"));
    assertThat(one.network().sameWeights(never.network())).isFalse();
  }

  @Test
  void aLossThatIsNoLikelihoodIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fit(TRAINER, "mlp(16)", "categorical_hinge", "sophia_g"))
        .withMessage(
            "sophia_g draws answers from what the model says: expected softmax_cross_entropy or bce"
                + " without class weights, or mse, found categorical_hinge");
  }
}
