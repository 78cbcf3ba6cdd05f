package dev.thalweg.train;

import static dev.thalweg.nn.Layers.dense;
import static dev.thalweg.nn.Layers.residual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.data.BatchReader;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Schema;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a program brings of its own, and does not keep its word.
class OwnPartsTest {
  private static final RowSource IRIS = Datasets.named("iris").source(Sampling.SEQUENTIAL, 0);

  private static void fit(Sequential model, Loss loss, RowSource rows) {
    Trainer.defaults().withEpochs(2).fit(model, loss, Optimizers.sgd(0.1), rows);
  }

  private static void fit(RowSource rows) {
    fit(Sequential.of(dense(3)), Losses.softmaxCrossEntropy(), rows);
  }

  @SuppressWarnings("NullAway") // is the mistake
  private static Tensor nothing() {
    @Nullable Tensor none = null;
    return none;
  }

  @Test
  void aLayerThatGivesNullIsNamed() {
    var model = Sequential.of(dense(3), Layer.of("mine", (x, training) -> nothing()));
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(model, Losses.softmaxCrossEntropy(), IRIS))
        .withMessage("layer 2, mine: expected a tensor, was given null");
    var within =
        Sequential.of(residual(dense(4), Layer.of("mine", (x, training) -> nothing())), dense(3));
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(within, Losses.softmaxCrossEntropy(), IRIS))
        .withMessage("layer 2, mine: expected a tensor, was given null");
  }

  @Test
  void aLayerThatGivesOtherRowsIsNamed() {
    var mean = Layer.of("mine", (x, training) -> x.mean(0));
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(Sequential.of(dense(3), mean), Losses.softmaxCrossEntropy(), IRIS))
        .withMessage("layer 2, mine: expected 32 rows, as it was given, found shape [3]");
    var first = Layer.of("mine", (x, training) -> x.slice(0, 0, 1));
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(Sequential.of(first, dense(3)), Losses.softmaxCrossEntropy(), IRIS))
        .withMessage("layer 1, mine: expected 32 rows, as it was given, found shape [1, 4]");
  }

  @Test
  void aLossThatGivesMoreThanANumberIsNamed() {
    Loss loss =
        new Loss() {
          @Override
          public Tensor of(Tensor prediction, Tensor target) {
            return prediction;
          }

          @Override
          public String toString() {
            return "mine";
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(Sequential.of(dense(3)), loss, IRIS))
        .withMessage("loss mine: expected a scalar, was given shape [32, 3]");
  }

  /// Whatever a penalty adds: it would train, and the loss would not.
  @Test
  void aLossThatIsCutOffFromTheWeightsIsRefused() {
    var cut =
        "objective: expected a loss that depends on the weights, found one that depends on none"
            + " that is trained: it is made of plain numbers, or detach() cut it off";
    Loss right = Losses.softmaxCrossEntropy();
    Sequential model = Models.parse("mlp(4, l2=1e-3)", 3);
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(model, cutting((p, y) -> right.of(p.detach(), y)), IRIS))
        .withMessage(cut);
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(model, cutting((p, y) -> right.of(p, y).keep()), IRIS))
        .withMessage(cut);
    Layer detached = Layer.of("mine", (x, training) -> x.detach());
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(Sequential.of(dense(3), detached), right, IRIS))
        .withMessage(cut);
    fit(Sequential.of(detached, dense(3)), right, IRIS);
    // What stands before a cut stays, and that is said.
    List<TrainingEvent> told = new ArrayList<>();
    Trainer.defaults()
        .withEpochs(1)
        .withCallback(told::add)
        .fit(Sequential.of(dense(4), detached, dense(3)), right, Optimizers.adam(0.01), IRIS);
    assertThat(told)
        .filteredOn(TrainingEvent.Unreached.class::isInstance)
        .singleElement()
        .hasToString(
            "the loss does not depend on 1.weight, 1.bias, which stay as they are: it is not made"
                + " of them, or detach() cut them off");
  }

  private static Loss cutting(BinaryOperator<Tensor> loss) {
    return new Loss() {
      @Override
      public Tensor of(Tensor prediction, Tensor target) {
        return loss.apply(prediction, target);
      }

      @Override
      public String toString() {
        return "mine";
      }
    };
  }

  @Test
  void aLossThatGivesNullIsNamed() {
    Loss loss =
        new Loss() {
          @Override
          public Tensor of(Tensor prediction, Tensor target) {
            return nothing();
          }

          @Override
          public String toString() {
            return "mine";
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(Sequential.of(dense(3)), loss, IRIS))
        .withMessage("loss mine: expected a scalar, was given null");
  }

  /// @param said what it says it has
  /// @param more how many rows more than it has read it says that it has read
  private static RowSource lying(long said, int more) {
    return new RowSource() {
      @Override
      public Schema schema() {
        return IRIS.schema();
      }

      @Override
      public long rows() {
        return said;
      }

      @Override
      public BatchReader pass(int epoch) {
        BatchReader rows = IRIS.pass(epoch);
        return new BatchReader() {
          @Override
          public int read(float[] x, float[] answers) {
            int read = rows.read(x, answers);
            return more > 0 && read > 0 ? answers.length + more : read;
          }

          @Override
          public void close() {
            rows.close();
          }
        };
      }
    };
  }

  @Test
  void aSourceWithOtherRowsThanItSaysIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(lying(140, 0)))
        .withMessage("iris: rows() says 140, and a pass has more");
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(lying(160, 0)))
        .withMessage("iris: rows() says 160, and a pass has 150");
  }

  @Test
  void aSourceThatGivesMoreRowsThanAskedIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(lying(150, 1)))
        .withMessage("iris: expected up to 256 rows at a time, was given 257");
  }

  @Test
  void suchSourcesAreNamedInAnEvaluation() {
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(1)
            .fit(Sequential.of(dense(3)), Losses.softmaxCrossEntropy(), Optimizers.sgd(0.1), IRIS);
    assertThatIllegalStateException()
        .isThrownBy(() -> fitted.evaluate(lying(150, 1)))
        .withMessageStartingWith("iris: expected up to ");
    assertThatIllegalStateException()
        .isThrownBy(() -> fitted.evaluate(lying(160, 0)))
        .withMessage("iris: rows() says 160, and a pass has 150");
  }

  @Test
  @SuppressWarnings("NullAway") // is the mistake
  void aSourceThatGivesNoPassIsNamed() {
    RowSource none =
        new RowSource() {
          @Override
          public Schema schema() {
            return IRIS.schema();
          }

          @Override
          public long rows() {
            return 150;
          }

          @Override
          public BatchReader pass(int epoch) {
            return null;
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> fit(none))
        .withMessage("iris: expected a pass of its rows, was given null");
  }

  /// @param batches how many it says it has
  /// @param count how many rows it says they have
  private static void fitBatches(long batches, long count) {
    BatchSource honest = BatchSource.of(IRIS, 30);
    var lying =
        new BatchSource() {
          @Override
          public long batches() {
            return batches;
          }

          @Override
          public long count() {
            return count;
          }

          @Override
          public Reader epoch(int epoch) {
            return honest.epoch(epoch);
          }
        };
    Network network = Sequential.of(dense(3)).build(Shape.of(4), 1);
    Trainer.defaults()
        .withEpochs(2)
        .fit(
            network,
            (batch, pass, scores) ->
                Losses.softmaxCrossEntropy().of(network.apply(batch.x(), pass), batch.y()),
            Optimizers.sgd(0.1),
            lying);
  }

  @Test
  void batchesThatAreOthersThanTheSourceSaysAreASentence() {
    fitBatches(5, 150);
    assertThatIllegalStateException()
        .isThrownBy(() -> fitBatches(5, 160))
        .withMessage(
            "batches: expected what count() and batches() say, 160 in 5, found 150 in 5 in epoch"
                + " 1");
    assertThatIllegalStateException()
        .isThrownBy(() -> fitBatches(6, 150))
        .withMessage(
            "batches: expected what count() and batches() say, 150 in 6, found 150 in 5 in epoch"
                + " 1");
    for (long[] less : new long[][] {{4, 150}, {5, 140}}) {
      assertThatIllegalStateException()
          .isThrownBy(() -> fitBatches(less[0], less[1]))
          .withMessageEndingWith(", found more in epoch 1");
    }
  }
}
