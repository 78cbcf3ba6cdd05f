package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.Datasets;
import dev.thalweg.data.Split;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `toString` prints what a person wants to see.
class PrintedTest {

  private static final Split IRIS = Datasets.named("iris").split(0.8, 1);

  private static FittedModel fitted(Trainer trainer) {
    return trainer.fit(
        Sequential.of(Layers.dense(3)),
        Losses.softmaxCrossEntropy(),
        Optimizers.adamw(0.01),
        IRIS.train(),
        IRIS.test());
  }

  @Test
  void settingsInALine() {
    assertThat(Trainer.defaults()).hasToString("20 epochs, batches of 32, seed 0, shuffle");
    assertThat(
            Trainer.defaults()
                .withEpochs(1)
                .withPatience(3)
                .withStandardize(false)
                .withScaleTarget(false)
                .withMetric("count", Outcomes::rows)
                .withCallback(_ -> {}))
        .hasToString(
            "1 epoch, batches of 32, seed 0, shuffle, patience 3, features as they are,"
                + " targets as they are, metrics count, 1 callback");
  }

  @Test
  void whatWasTrained() {
    List<String> epochs = new ArrayList<>();
    var fitted =
        fitted(
            Trainer.defaults()
                .withEpochs(2)
                .withMetric("count", Outcomes::rows)
                .withCallback(event -> {
                  if (event instanceof TrainingEvent.EpochEnded(var epoch)) {
                    epochs.add(epoch.toString());
                  }
                }));
    assertThat(epochs)
        .hasSize(2)
        .last()
        .asString()
        .matches(
            "epoch 2: loss \\d\\.\\d{4}, score \\d\\.\\d{4}, validation loss \\d\\.\\d{4},"
                + " score \\d\\.\\d{4}, count 30\\.0000, \\d+\\.\\d\\d s");
    assertThat(fitted.history().orElseThrow().toString().lines())
        .hasSize(3)
        .startsWith(epochs.getFirst())
        .last()
        .asString()
        .matches("8 steps in \\d+\\.\\d\\d s, stopped by epochs");
    assertThat(fitted.toString()).contains("dense(3)", "total");
    assertThat(fitted.preprocessing())
        .hasToString("iris: 4 features, classification, standardizer of 4 columns");
  }

  @Test
  void aSplitNamesBothParts() {
    assertThat(IRIS)
        .hasToString(
            "train iris: 120 rows, 4 features, 3 classes; test iris: 30 rows, 4 features, 3"
                + " classes");
  }
}
