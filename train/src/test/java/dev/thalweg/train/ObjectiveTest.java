package dev.thalweg.train;

import static dev.thalweg.nn.Activation.TANH;
import static dev.thalweg.nn.Layers.dense;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.data.Datasets;
import dev.thalweg.data.Sampling;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObjectiveTest {

  /// Batches that are there already.
  private record Given(List<TensorBatch> all) implements BatchSource {
    @Override
    public long batches() {
      return all.size();
    }

    @Override
    public long count() {
      return all.stream().mapToLong(TensorBatch::count).sum();
    }

    @Override
    public Reader epoch(int epoch) {
      var each = all.iterator();
      return new Reader() {
        @Override
        public @Nullable TensorBatch next() {
          return each.hasNext() ? each.next() : null;
        }

        @Override
        public void close() {}
      };
    }
  }

  private static Given pairs() {
    List<TensorBatch> batches = new ArrayList<>();
    for (int rows : new int[] {4, 4, 2}) {
      float[] x = new float[3 * rows];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) Math.sin(i + 7 * batches.size());
      }
      batches.add(
          new TensorBatch(
              List.of(Tensor.ofFloats(Shape.of(rows, 3), x), Tensor.ofFloats(Shape.of(rows, 3), x)),
              List.of(),
              Optional.empty()));
    }
    return new Given(batches);
  }

  @Test
  void anAutoencoderWithoutTargetsTrainsAndItsScoresAddUpOverBatches() {
    Network network = Sequential.of(dense(3, TANH), dense(3)).build(Shape.of(3), 1);
    Objective restore =
        (batch, pass, scores) -> {
          Tensor error = network.apply(batch.x(), pass).minus(batch.inputs().get(1));
          Tensor squares = error.square();
          scores.mean("rmse", squares.sum().item(), error.size(), Math::sqrt);
          scores.mean("rows", batch.rows(), 1);
          return squares.mean();
        };
    History history =
        Trainer.defaults()
            .withEpochs(60)
            .fit(network, restore, Optimizers.adam(0.03), pairs(), pairs());
    var last = history.epochs().getLast();
    assertThat(last.loss()).isLessThan(0.02).isLessThan(history.epochs().getFirst().loss() / 10);
    assertThat(last.metrics()).containsOnlyKeys("rmse", "rows");
    assertThat(last.metrics().get("rows")).isEqualTo(10.0 / 3);
    // Each batch's mean counts as its rows do.
    assertThat(last.metrics().get("rmse"))
        .isCloseTo(
            Math.sqrt(last.validationLoss().orElseThrow()),
            org.assertj.core.data.Offset.offset(1e-7));
    assertThat(last.validationScore()).hasValue(last.metrics().firstEntry().getValue());
    assertThat(last.score()).isNotNaN();
  }

  @Test
  void theTableLoopIsTheObjectiveOfOneAnswerARow() {
    var data = Datasets.named("iris");
    var model = Sequential.of(dense(8, TANH), dense(3));
    var loss = Losses.softmaxCrossEntropy();
    Trainer trainer = Trainer.defaults().withEpochs(3).withStandardize(false);
    FittedModel fitted = trainer.fit(model, loss, Optimizers.adam(0.01), data);
    Network network = model.build(Shape.of(4), 0);
    History history =
        trainer.fit(
            network,
            (batch, pass, scores) -> loss.of(network.apply(batch.x(), pass), batch.y()),
            Optimizers.adam(0.01),
            BatchSource.of(data.source(Sampling.SHUFFLE, 0), 32));
    assertThat(network.sameWeights(fitted.network())).isTrue();
    assertThat(history.epochs().getLast().loss())
        .isEqualTo(fitted.history().orElseThrow().epochs().getLast().loss());
    assertThat(history.epochs().getLast().score()).isNaN();
  }

  @Test
  void aLossThatIsNoNumberNamesTheWeightsThatAreNone() {
    Network network = Sequential.of(dense(3)).build(Shape.of(3), 1);
    network.parameters().getFirst().values().floats()[4] = Float.NaN;
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(() ->
            Trainer.defaults()
                .fit(
                    network,
                    (batch, pass, scores) -> network.apply(batch.x(), pass).sum(),
                    Optimizers.sgd(0.1),
                    pairs()))
        .withMessageContaining("parameter 1.weight has NaN at element 4");
  }

  @Test
  void patienceRestoresTheBestWeightsOfAnyObjective() {
    Network network = Sequential.of(dense(1)).build(Shape.of(3), 1);
    // Moves away from the best weights, which are the first ones.
    float[] before = network.parameters().getFirst().values().floats().clone();
    History history =
        Trainer.defaults()
            .withEpochs(50)
            .withPatience(2)
            .fit(
                network,
                (batch, pass, scores) -> {
                  Parameter weights = network.parameters().getFirst();
                  Tensor w = (Tensor) weights.values();
                  return pass.training() ? w.sum().negate() : w.sum();
                },
                Optimizers.sgd(0.1),
                pairs(),
                pairs());
    assertThat(history.epochs()).hasSize(3);
    // The best is that after the first epoch: three steps of 0.1.
    for (int i = 0; i < 3; i++) {
      assertThat(network.parameters().getFirst().values().floats()[i])
          .isCloseTo(before[i] + 0.3f, org.assertj.core.data.Offset.offset(1e-6f));
    }
  }

  @Test
  void batchesThatDoNotFitAndMetricsOfOneNameAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TensorBatch.of(Tensor.ofFloats(1, 2), Tensor.ofFloats(1)))
        .withMessage("batch: expected 2 rows in each tensor, found shape [1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TensorBatch(List.of(), List.of(), Optional.empty()))
        .withMessage("batch: expected at least one input, found none");
    var rows = Datasets.named("iris").source(Sampling.SEQUENTIAL, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchSource.of(rows, Shape.of(2, 3), 8))
        .withMessage("batches: expected a sample of 4 numbers, found [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchSource.of(rows, 0))
        .withMessage("batchSize must be at least 1, found 0");
    Scores scores = new Scores();
    scores.mean("a", 1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            scores.of(
                "a", RunningScore.class, () -> new RunningScore(dev.thalweg.data.Task.REGRESSION)))
        .withMessageContaining("one kind of metric named a");
    assertThat(scores.take()).containsEntry("a", 0.5);
    assertThat(scores.take().get("a")).isNaN();
  }

  @Test
  void aBatchOfSequencesHasLengthsForEachInputAndCountsItsTokens() {
    Tensor tokens = Tensor.ofInts(Shape.of(2, 3), 1, 2, 3, 4, 0, 0);
    TensorBatch whole = TensorBatch.of(tokens, tokens);
    assertThat(whole.count()).isEqualTo(2);
    TensorBatch batch = whole.withLengths(Tensor.ofInts(3, 1)).withCount(4);
    assertThat(batch.count()).isEqualTo(4);
    assertThat(batch.lengths()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> whole.withLengths(Tensor.ofInts(3, 1), Tensor.ofInts(3, 1)))
        .withMessage("batch: expected lengths for each of 1 inputs, found 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> whole.withLengths(Tensor.ofInts(3, 1, 2)))
        .withMessage("batch: expected 2 rows in each tensor, found shape [3]");
  }
}
