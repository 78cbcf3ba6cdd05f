package dev.thalweg.train;

import static dev.thalweg.nn.Activation.RELU;
import static dev.thalweg.nn.Layers.dense;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Split;
import dev.thalweg.data.Standardizer;
import dev.thalweg.kernels.DType;
import dev.thalweg.nn.Activation;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.nn.Penalty;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a training makes small, and what it is judged by.
class ObjectivesTest {

  private static final Split IRIS = Datasets.named("iris").split(0.8, 1);

  /// Class 1 or not, of iris.
  private static Dataset binary(Dataset iris) {
    int[] labels = iris.labels();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labels[i] == 2 ? 1 : 0;
    }
    return Dataset.classification("virginica", iris.x(), 4, labels, List.of("other", "virginica"));
  }

  /// y = 3x + noise at x of mean 0 and variance 1, four rows: Σxy/n = cov.
  private static final Dataset LINE =
      Dataset.regression(new double[][] {{-1}, {1}, {-1}, {1}}, new double[] {-3.5, 2.5, -2, 4});

  private static final double COV = (3.5 + 2.5 + 2 + 4) / 4;

  private static double slope(Sequential model, Loss loss) {
    FittedModel fitted =
        Trainer.defaults()
            .withStandardize(false)
            .withScaleTarget(false)
            .withBatchSize(4)
            .withEpochs(400)
            .fit(model, loss, Optimizers.sgd(0.05), LINE);
    return fitted.network().parameters().getFirst().values().floats()[0];
  }

  @Test
  void aPenaltyShrinksTheSlopeAsItsTheorySays() {
    Loss mse = Losses.mse();
    assertThat(slope(Models.parse("linear", 1), mse)).isCloseTo(COV, within(1e-5));
    // The minimum of cov² − 2 cov w + w² + λw² and of … + λ|w|.
    assertThat(slope(Models.parse("linear(l2=0.5)", 1), mse)).isCloseTo(COV / 1.5, within(1e-5));
    assertThat(slope(Models.parse("linear(l1=1)", 1), mse)).isCloseTo(COV - 0.5, within(1e-5));
    assertThat(slope(Models.linear(1).withPenalty(Penalty.elastic(1, 0.5)), mse))
        .isCloseTo((COV - 0.5) / 1.5, within(1e-5));
    assertThat(slope(Models.parse("linear(max_norm=1.25)", 1), mse)).isCloseTo(1.25, within(1e-6));
    // A penalty is added once, whatever the loss is divided by.
    assertThat(slope(Models.parse("linear(l2=0.5)", 1), Losses.mseSum()))
        .isCloseTo(4 * COV / 4.5, within(1e-5));
  }

  @Test
  void reportedLossesAreWithoutThePenalty() {
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(1)
            .withBatchSize(4)
            .withStandardize(false)
            .fit(
                Models.parse("linear(l2=1e-9, initializer=constant(10))", 1),
                Losses.mse(),
                Optimizers.sgd(1e-9),
                LINE);
    FittedModel heavy =
        Trainer.defaults()
            .withEpochs(1)
            .withBatchSize(4)
            .withStandardize(false)
            .fit(
                Models.parse("linear(l2=100, initializer=constant(10))", 1),
                Losses.mse(),
                Optimizers.sgd(1e-9),
                LINE);
    double light = fitted.history().orElseThrow().epochs().getFirst().loss();
    assertThat(heavy.history().orElseThrow().epochs().getFirst().loss()).isEqualTo(light);
    assertThat(fitted.evaluate(LINE).loss()).isCloseTo(light, within(1e-3));
  }

  @Test
  void balancedClassWeightsAreMadeOfTheTrainingData() {
    Dataset train = binary(IRIS.train());
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(2)
            .fit(
                Models.linear(2),
                Losses.parse("cross_entropy(class_weights=balanced)"),
                Optimizers.adam(0.01),
                train);
    int second = 0;
    for (int label : train.labels()) {
      second += label;
    }
    double n = train.rows();
    assertThat(fitted.loss())
        .isEqualTo(
            Losses.softmaxCrossEntropy()
                .withClassWeights(n / (2 * (n - second)), n / (2 * second)));
  }

  @ParameterizedTest
  @CsvSource({"bce", "hinge", "'bce(label_smoothing=0.1, class_weights=balanced)'"})
  void twoClassesCanDoWithOneOutput(String loss, @TempDir Path folder) {
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(60)
            .fit(
                Sequential.of(dense(8, RELU), dense(1)),
                Losses.parse(loss),
                Optimizers.adam(0.01),
                binary(IRIS.train()));
    Evaluation evaluation = fitted.evaluate(binary(IRIS.test()));
    assertThat(fitted.evaluate(binary(IRIS.train())).accuracy()).isGreaterThanOrEqualTo(0.95);
    assertThat(evaluation.rocAuc()).isGreaterThanOrEqualTo(0.95);
    double[] p = fitted.predict(6.3, 3.3, 6.0, 2.5);
    assertThat(p).hasSize(2);
    assertThat(p[1]).isGreaterThan(0.5);
    assertThat(p[0] + p[1]).isCloseTo(1, within(1e-6));
    assertThat(fitted.predictRows(new float[] {6.3f, 3.3f, 6, 2.5f})).hasSize(2);
    fitted.save(folder.resolve("model"));
    FittedModel again = FittedModel.load(folder.resolve("model"));
    assertThat(again.predict(6.3, 3.3, 6.0, 2.5)).isEqualTo(p);
    assertThat(again.loss()).isEqualTo(fitted.loss());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iris | mse   | 3 | mse compares numbers, and iris has classes; take softmaxCrossEntropy()",
        "iris | bce   | 1 | bce is for two classes, and iris has 3; take softmaxCrossEntropy()",
        "two  | bce   | 2 | linear: expected 1 output for virginica and bce, found a last layer",
        "two  | kl    | 1 | linear: expected 2 outputs for virginica and kl, found a last layer",
        "line | kl    | 1 | kl is for classes, and data has numbers; take mse(), mae() or"
            + " huber(delta), or make classes of them: TableOptions.withTask(Task.CLASSIFICATION)"
            + " where they are read, Dataset.classification of arrays",
        "line | hinge | 1 | hinge is for classes, and data has numbers; take mse(), mae() or"
            + " huber(delta)"
      })
  void aLossForOtherTargetsIsRefused(String data, String loss, int outputs, String sentence) {
    Dataset train =
        switch (data) {
          case "iris" -> IRIS.train();
          case "two" -> binary(IRIS.train());
          default -> LINE;
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Trainer.defaults()
                .fit(Models.linear(outputs), Losses.parse(loss), Optimizers.sgd(0.1), train))
        .withMessageStartingWith(sentence);
  }

  @Test
  void probabilitiesBeforeALossThatTakesLogitsAreRefused() {
    Layer softmax = Layer.of("mine", (x, training) -> x.softmax());
    for (Sequential model :
        List.of(
            Sequential.of(dense(3, Activation.SIGMOID)),
            Sequential.of(dense(3), Layers.activation(Activation.SIGMOID)),
            Sequential.of(dense(3), softmax))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              Trainer.defaults()
                  .fit(model, Losses.softmaxCrossEntropy(), Optimizers.sgd(0.1), IRIS.train()))
          .withMessageStartingWith(
              "sequential: expected logits at the end, of which softmax_cross_entropy makes"
                  + " probabilities by itself, as predict does; found ");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Trainer.defaults()
                .fit(
                    Sequential.of(dense(1, Activation.SIGMOID)),
                    Losses.bce(),
                    Optimizers.sgd(0.1),
                    binary(IRIS.train())))
        .withMessageEndingWith("found dense(1, sigmoid)");
    // A number may well be one between 0 and 1.
    Trainer.defaults()
        .withEpochs(1)
        .fit(Sequential.of(dense(1, Activation.SIGMOID)), Losses.mse(), Optimizers.sgd(0.1), LINE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.parse("dense(3, softmax)"))
        .withMessageContaining("losses take logits, and predictions are probabilities");
  }

  @Test
  void aSmallGainIsNoneWhereMoreIsAsked() {
    Trainer trainer = Trainer.defaults().withEpochs(50).withPatience(3);
    Sequential model = Sequential.of(dense(8, RELU), dense(3));
    FittedModel stopped =
        trainer
            .withMinDelta(10)
            .fit(model, Losses.softmaxCrossEntropy(), Optimizers.adam(0.001), IRIS.train());
    // The first epoch is the best, and three more gain too little.
    assertThat(stopped.history().orElseThrow().epochs()).hasSize(4);
    FittedModel once =
        Trainer.defaults()
            .withEpochs(1)
            .fit(model, Losses.softmaxCrossEntropy(), Optimizers.adam(0.001), IRIS.train());
    assertThat(stopped.network().sameWeights(once.network())).isTrue();
    assertThat(
            trainer
                .fit(model, Losses.softmaxCrossEntropy(), Optimizers.adam(0.001), IRIS.train())
                .history()
                .orElseThrow()
                .epochs())
        .hasSize(50);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.withMinDelta(-1))
        .withMessage("minDelta must lie in [0, ∞), found -1.0");
  }

  @Test
  void aMetricOfYourOwnIsThereEachEpochAndInEvaluations() {
    Metric missed =
        outcomes -> {
          int count = 0;
          for (int row = 0; row < outcomes.rows(); row++) {
            count += outcomes.predictedLabel(row) == outcomes.label(row) ? 0 : 1;
          }
          return count;
        };
    List<Double> seen = new ArrayList<>();
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(3)
            .withMetric("missed", missed)
            .withCallback(event -> {
              if (event instanceof TrainingEvent.EpochEnded ended) {
                seen.add(ended.epoch().metrics().get("missed"));
              }
            })
            .fit(
                Models.linear(3),
                Losses.softmaxCrossEntropy(),
                Optimizers.adam(0.01),
                IRIS.train(),
                IRIS.test());
    Evaluation evaluation = fitted.evaluate(IRIS.test());
    double expected = Math.rint(30 * (1 - evaluation.accuracy()));
    assertThat(seen).hasSize(3);
    assertThat(seen.getLast()).isEqualTo(expected);
    assertThat(evaluation.values()).containsEntry("missed", expected);
    assertThat(evaluation.metric(missed)).isEqualTo(expected);
    assertThat(evaluation.values().sequencedKeySet())
        .containsExactly(
            "loss",
            "accuracy",
            "precision",
            "recall",
            "f1",
            "roc_auc",
            "pr_auc",
            "brier",
            "log_loss",
            "missed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trainer.defaults().withMetric("accuracy", missed))
        .withMessage("metric: expected a name of its own, found 'accuracy'");
  }

  @Test
  void aNetworkTrainedByHandIsSavedAndPredictsLikeAnyOther(@TempDir Path folder) {
    Standardizer standardizer = Standardizer.fit(IRIS.train());
    Dataset train = standardizer.apply(IRIS.train());
    Network network = Sequential.of(dense(8, RELU), dense(3)).build(Shape.of(4), 5);
    Loss loss = Losses.softmaxCrossEntropy();
    OptimizerRun run = Optimizers.adam(0.02).attach(network.parameters());
    long step = 0;
    for (int epoch = 0; epoch < 40; epoch++) {
      for (TensorBatch batch : TensorBatch.of(train.batches(32).shuffled(epoch))) {
        Tensor value = loss.of(network.apply(batch.x(), Pass.training(5, step++)), batch.y());
        run.step(value.gradients(network.parameters()));
      }
    }
    FittedModel fitted = FittedModel.of(network, loss, Preprocessing.of(train, standardizer));
    assertThat(fitted.evaluate(IRIS.test()).accuracy()).isGreaterThanOrEqualTo(0.9);
    fitted.save(folder.resolve("model"));
    FittedModel again = FittedModel.load(folder.resolve("model"));
    assertThat(again.evaluate(IRIS.test())).isEqualTo(fitted.evaluate(IRIS.test()));
    assertThat(again.predict(5.1, 3.5, 1.4, 0.2)).isEqualTo(fitted.predict(5.1, 3.5, 1.4, 0.2));
    assertThat(again.classNames()).isEqualTo(IRIS.train().classNames());
  }

  @Test
  void aNetworkThatDoesNotFitItsDataIsRefused() {
    Preprocessing iris = Preprocessing.of(IRIS.train());
    Loss loss = Losses.softmaxCrossEntropy();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FittedModel.of(Models.linear(3).build(Shape.of(5), 0), loss, iris))
        .withMessage("network: expected an input of 4 features, found [5]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FittedModel.of(Models.linear(2).build(Shape.of(4), 0), loss, iris))
        .withMessage("network: expected 3 outputs, found [2]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> FittedModel.of(Models.linear(3).build(Shape.of(4), 0, DType.F64), loss, iris))
        .withMessageContaining("expected weights of F32, found 1.weight F64[4, 3]");
  }

  @Test
  void theBestEpochIsTheOneWithTheSmallestLoss() {
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(30)
            .fit(
                Sequential.of(dense(16, RELU), dense(3)),
                Losses.softmaxCrossEntropy(),
                Optimizers.adam(0.1),
                IRIS.train(),
                IRIS.test());
    History history = fitted.history().orElseThrow();
    assertThat(history.epochs())
        .allMatch(
            e -> e.validationLoss().orElseThrow() >= history.best().validationLoss().orElseThrow());
  }

  @Test
  void weightsStayWithinTheirNormInEveryStep() {
    List<Double> norms = new ArrayList<>();
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(5)
            .fit(
                Models.parse("mlp(8, max_norm=0.8)", 3),
                Losses.softmaxCrossEntropy(),
                Optimizers.adam(0.05),
                IRIS.train());
    for (Parameter parameter : fitted.network().parameters()) {
      if (parameter.name().endsWith("weight")) {
        int units = parameter.dimensions()[1];
        for (int j = 0; j < units; j++) {
          double squares = 0;
          for (int i = 0; i < parameter.dimensions()[0]; i++) {
            double w = parameter.values().floats()[i * units + j];
            squares += w * w;
          }
          norms.add(Math.sqrt(squares));
        }
      }
    }
    assertThat(norms).hasSize(11).allMatch(norm -> norm <= 0.8 + 1e-6);
    assertThat(norms).anyMatch(norm -> norm > 0.8 - 1e-6);
  }

  @Test
  void aReportShowsTheFiguresOfEachClassAndHowTheyAreConfused() {
    float[] outputs = {2, 1, 0, 1, 2, 0, 0, 1, 2, 0, 3, 0};
    Outcomes outcomes =
        new Outcomes(
            IRIS.train().task(), List.of("a", "bb", "größe"), outputs, new float[] {0, 1, 2, 2});
    assertThat(new Evaluation(0.25, outcomes, Map.of()).report())
        .isEqualTo(
            """
            loss             0.2500
            accuracy         0.7500
            precision        0.8333
            recall           0.8333
            f1               0.7778
            roc auc          0.7222
            pr auc           0.7500
            brier            0.5702
            log loss         1.0794

            class  precision  recall      f1    rows
            a         1.0000  1.0000  1.0000       1
            bb        0.5000  1.0000  0.6667       1
            größe     1.0000  0.5000  0.6667       2

            true \\ predicted  a  bb  größe
            a                 1   0      0
            bb                0   1      0
            größe             0   1      1
            """);
  }
}
