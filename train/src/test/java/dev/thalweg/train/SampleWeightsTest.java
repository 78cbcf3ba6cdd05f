package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Sampling;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.tensor.Shape;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Rows that count differently in a training.
///
/// The numbers are those of executed Keras 3.15.1 on JAX: a `Dense` layer, `kernel_initializer`
/// `Constant(0.25)`, `SGD(0.02)`, and `fit(x, y, sample_weight=w, batch_size=2, shuffle=False,
/// epochs=3)`, which ends each epoch with a batch of one.
class SampleWeightsTest {

  private static final double[][] X = {{0, 1}, {1, -1}, {3, 2}, {4, 0.5}, {-2, 1.5}};
  private static final double[] WEIGHTS = {1, 2, 0, 3, 0.5};
  private static final Dataset NUMBERS = Dataset.regression(X, new double[] {1, 3, 0, 7, -1});
  private static final Dataset CLASSES = Dataset.classification(X, new int[] {0, 2, 1, 2, 0});

  private static final Trainer TRAINER =
      Trainer.defaults()
          .withEpochs(3)
          .withBatchSize(2)
          .withSampling(Sampling.SEQUENTIAL)
          .withStandardize(false)
          .withScaleTarget(false);

  private static FittedModel fit(Dataset data) {
    boolean numbers = data.targetName().equals("target");
    return TRAINER.fit(
        Models.parse("linear(initializer=constant(0.25))", numbers ? 1 : 3),
        numbers ? Losses.mse() : Losses.softmaxCrossEntropy(),
        Optimizers.sgd(0.02),
        data);
  }

  private static void assertTrained(
      FittedModel fitted, double[] losses, double[] kernel, double[] bias) {
    var history = fitted.history().orElseThrow().epochs();
    for (int i = 0; i < losses.length; i++) {
      assertThat(history.get(i).loss()).isCloseTo(losses[i], within(2e-6 * losses[i]));
    }
    assertClose(fitted.network().parameters().get(0).values().floats(), kernel);
    assertClose(fitted.network().parameters().get(1).values().floats(), bias);
  }

  private static void assertClose(float[] found, double[] expected) {
    assertThat(found).hasSize(expected.length);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(2e-6));
    }
  }

  @Test
  void numbersAreTrainedAsKerasTrainsThem() {
    assertTrained(
        fit(NUMBERS.withSampleWeights(WEIGHTS)),
        new double[] {20.83644676208496, 0.8380622863769531, 0.7562147974967957},
        new double[] {1.5214406251907349, 0.31117844581604004},
        new double[] {0.6158313751220703});
  }

  @Test
  void classesAreTrainedAsKerasTrainsThem() {
    assertTrained(
        fit(CLASSES.withSampleWeights(WEIGHTS)),
        new double[] {1.3868625164031982, 1.1123039722442627, 0.9331375956535339},
        new double[] {
          0.104821115732193, 0.1594891995191574, 0.4856897294521332,
          0.30381882190704346, 0.23150692880153656, 0.2146741896867752
        },
        new double[] {-0.0034203107934445143, -0.06255999207496643, 0.06598030030727386});
  }

  @Test
  void aLoopByHandGetsTheWeightsWithItsBatches() {
    Dataset data = NUMBERS.withSampleWeights(WEIGHTS);
    Network network = Models.parse("linear(initializer=constant(0.25))", 1).build(Shape.of(2), 0);
    var run = Optimizers.sgd(0.02).attach(network.parameters());
    for (int epoch = 0; epoch < 3; epoch++) {
      for (TensorBatch batch : TensorBatch.of(data.batches(2).epoch(epoch))) {
        var loss =
            Losses.mse().of(network.apply(batch.x()), batch.y(), batch.weights().orElseThrow());
        run.step(loss.gradients(network.parameters()));
      }
    }
    assertThat(network.sameWeights(fit(data).network())).isTrue();
  }

  @Test
  void weightsOfOneChangeNothingAndEvaluationsCountRowsAlike() {
    FittedModel plain = fit(NUMBERS);
    FittedModel ones = fit(NUMBERS.withSampleWeights(1, 1, 1, 1, 1));
    assertThat(ones.network().parameters().get(0).values().floats())
        .containsExactly(
            plain.network().parameters().get(0).values().floats(), Offset.offset(1e-6f));
    assertThat(plain.evaluate(NUMBERS.withSampleWeights(WEIGHTS)))
        .isEqualTo(plain.evaluate(NUMBERS));
    assertThat(fit(NUMBERS.withSampleWeights(WEIGHTS)).evaluate(NUMBERS).loss())
        .isNotEqualTo(plain.evaluate(NUMBERS).loss());
  }

  @Test
  void aPartThatHasOnlyZerosIsRefused() {
    Dataset part = NUMBERS.withSampleWeights(0, 0, 1, 1, 0).subset(0, 1, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fit(part))
        .withMessage(
            "sample weights: expected one above 0 among the rows to train on, found only zeros in 3"
                + " rows");
  }

  @Test
  void foldsOfAGridHaveTheirWeights() {
    var points = List.of("linear");
    GridSearch search = GridSearch.defaults().withFolds(2);
    GridSearch.Fit<String> fit = (_, _, train) -> fit(train);
    var plain = search.run(points, NUMBERS, fit).getFirst().loss();
    var weighted = search.run(points, NUMBERS.withSampleWeights(WEIGHTS), fit).getFirst().loss();
    assertThat(weighted).isNotEqualTo(plain);
  }
}
