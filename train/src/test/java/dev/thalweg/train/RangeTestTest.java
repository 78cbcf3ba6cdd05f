package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import java.util.ArrayList;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTestTest {

  private static final Trainer TRAINER = Trainer.defaults().withSeed(3);
  private static final Dataset DIGITS = Datasets.named("digits").split(0.8, 1).train();

  /// Mean squared error of y = 4 + x with noise on x = −1, 1 by gradient descent: the curvature is
  /// 2 in each direction, so that rates above 1 diverge, and the loss is least before.
  @Test
  void onAQuadraticTheSuggestionIsATenthOfWhereItDiverges() {
    Dataset line =
        Dataset.regression(new double[][] {{-1}, {1}, {-1}, {1}}, new double[] {3, 5, 3.5, 4.7});
    RangeTest.Result found =
        new RangeTest(1e-4, 100, 400)
            .of(
                TRAINER.withBatchSize(2).withScaleTarget(false).withStandardize(false),
                Models.parse("linear", 1),
                Losses.mse(),
                Optimizer.parse("sgd"),
                line);
    assertThat(found.exploded()).isTrue();
    assertThat(found.suggestion()).isBetween(0.01, 0.11);
    assertThat(found.rates()).hasSameSizeAs(found.losses()).hasSizeLessThan(400);
    assertThat(found.rates().get(0)).isEqualTo(1e-4);
    assertThat(found.rates().get(1) / found.rates().get(0))
        .isCloseTo(Math.pow(1e6, 1 / 399.0), within(1e-12));
    // It ends at the first average, of those from the eleventh on, above four times the least.
    double least = Double.POSITIVE_INFINITY;
    int best = 0;
    for (int i = 10; i < found.averages().size(); i++) {
      assertThat(found.averages().get(i) > 4 * least).isEqualTo(i == found.rates().size() - 1);
      best = found.averages().get(i) < least ? i : best;
      least = Math.min(least, found.averages().get(i));
    }
    assertThat(found.leastLoss()).isEqualTo(least);
    assertThat(found.suggestion()).isEqualTo(found.rates().get(best) / 10);
    assertThat(found)
        .hasToString(
            String.format(
                Locale.ROOT,
                "lr %.3g, a tenth of the rate of the least loss %.4f",
                found.suggestion(),
                least));
  }

  /// The loss is that of the batch with the weights before the step, and the step is made with the
  /// step's own rate: the losses are those of a gradient descent by hand.
  @Test
  void eachStepHasItsOwnRate() {
    Dataset one = Dataset.regression(new double[][] {{1}, {1}}, new double[] {2, 2});
    RangeTest.Result found =
        new RangeTest(1e-3, 1e-1, 20)
            .of(
                TRAINER.withBatchSize(8).withScaleTarget(false).withStandardize(false),
                Models.parse("linear", 1),
                Losses.mse(),
                Optimizer.parse("sgd"),
                one);
    assertThat(found.rates()).hasSize(20);
    assertThat(found.rates().getLast()).isCloseTo(1e-1, within(1e-15));
    // Of y = w + b the error shrinks by 1 - 4 lr a step, and the loss is its square.
    for (int i = 1; i < 20; i++) {
      double shrunk = 1 - 4 * found.rates().get(i - 1);
      assertThat(found.losses().get(i) / found.losses().get(i - 1))
          .isCloseTo(shrunk * shrunk, within(1e-4));
    }
  }

  @Test
  void aConditionOfTheTrainerEndsItToo() {
    Trainer brief =
        TRAINER.withStopWhen(
            event -> event instanceof TrainingEvent.StepEnded step && step.step() == 11);
    RangeTest test = new RangeTest(1e-5, 1e-3, 30);
    Sequential model = Models.parse("mlp(8)", 10);
    Optimizer adam = Optimizer.parse("adam");
    RangeTest.Result found = test.of(brief, model, Losses.softmaxCrossEntropy(), adam, DIGITS);
    assertThat(found.losses()).hasSize(11);
    Trainer briefer =
        TRAINER.withStopWhen(
            event -> event instanceof TrainingEvent.StepEnded step && step.step() == 10);
    assertThatIllegalStateException()
        .isThrownBy(() -> test.of(briefer, model, Losses.softmaxCrossEntropy(), adam, DIGITS))
        .withMessageStartingWith("range test: expected more than 10 steps, found an end after 10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adamw", "torch.SGD(lr=1)", "keras.Adam(learning_rate=1)", "lion"})
  void aTrainingWithTheSuggestedRateLearns(String optimizer) {
    Optimizer rule = Optimizer.parse(optimizer);
    RangeTest.Result found =
        RangeTest.defaults()
            .of(TRAINER, Models.parse("mlp(32)", 10), Losses.softmaxCrossEntropy(), rule, DIGITS);
    String name = optimizer.startsWith("keras") ? "learning_rate" : "lr";
    FittedModel fitted =
        TRAINER
            .withEpochs(5)
            .fit(
                Models.parse("mlp(32)", 10),
                Losses.softmaxCrossEntropy(),
                rule.with(name, found.suggestion()),
                DIGITS);
    assertThat(fitted.evaluate(DIGITS).accuracy()).as("%s", found).isGreaterThan(0.9);
  }

  /// The averages are of the losses, and nothing that is left of the trainer's own is told.
  @Test
  void itIsATrainingOfItsOwn() {
    var heard = new ArrayList<TrainingEvent>();
    RangeTest.Result found =
        new RangeTest(1e-5, 1e-3, 30)
            .of(
                TRAINER.withEpochs(1).withPatience(1).withCallback(heard::add),
                Models.parse("mlp(8)", 10),
                Losses.softmaxCrossEntropy(),
                Optimizer.parse("adam"),
                DIGITS);
    assertThat(heard).isEmpty();
    assertThat(found.exploded()).isFalse();
    assertThat(found.losses()).hasSize(30);
    double a = found.losses().get(0);
    double b = found.losses().get(1);
    assertThat(found.averages().get(1)).isCloseTo((0.95 * a + b) / 1.95, within(1e-12));
    assertThat(found.leastLoss())
        .isEqualTo(found.averages().stream().skip(10).mapToDouble(x -> x).min().orElseThrow());
  }

  @Test
  void whatSaysNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RangeTest(1, 0.1, 100))
        .withMessage("range test: expected rates that grow from above 0, found 1.0 to 0.1");
    assertThatIllegalArgumentException().isThrownBy(() -> new RangeTest(0, 1, 100));
    assertThatIllegalArgumentException().isThrownBy(() -> new RangeTest(1, 1, 100));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RangeTest(1, Double.POSITIVE_INFINITY, 100));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RangeTest(0.1, 1, 19))
        .withMessage("range test: expected at least 20 steps, found 19");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            RangeTest.defaults()
                .of(
                    TRAINER,
                    Models.parse("mlp(8)", 10),
                    Losses.softmaxCrossEntropy(),
                    Optimizer.parse("rule('p -= 0.1 * g')"),
                    DIGITS))
        .withMessageStartingWith("range test: expected an optimizer with a learning rate, found ");
    assertThatIllegalStateException()
        .isThrownBy(() ->
            new RangeTest(1e30, 1e31, 50)
                .of(
                    TRAINER,
                    Models.parse("mlp(8)", 10),
                    Losses.softmaxCrossEntropy(),
                    Optimizer.parse("sgd"),
                    DIGITS))
        .withMessageContaining("the loss explodes at 1.0E30");
  }
}
