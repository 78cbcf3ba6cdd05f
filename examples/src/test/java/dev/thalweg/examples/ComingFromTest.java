package dev.thalweg.examples;

import static dev.thalweg.nn.Activation.RELU;
import static dev.thalweg.nn.Layers.dense;
import static dev.thalweg.nn.Layers.dropout;
import static dev.thalweg.nn.Losses.softmaxCrossEntropy;
import static dev.thalweg.optim.Optimizers.adam;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module dev.thalweg;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Java of `docs/coming-from.md`; see [DocumentedSnippetsTest].
class ComingFromTest {

  private static final long SEED = 7;

  @Test
  void fromKeras(@TempDir Path place) {
    var iris = Datasets.named("iris").split(0.8, SEED);
    Path folder = place.resolve("model");
    // snippet: keras
    var model = Sequential.of(dense(16, RELU), dropout(0.1), dense(3));
    var fitted =
        Trainer.defaults()
            .withEpochs(40)
            .withBatchSize(16)
            .withPatience(5) // the best weights are restored
            .fit(model, softmaxCrossEntropy(), Keras.adam(0.01), iris.train(), iris.test());
    double accuracy = fitted.evaluate(iris.test()).accuracy();
    double[] probabilities = fitted.predict(5.1, 3.5, 1.4, 0.2);
    fitted.save(folder);
    // end
    assertThat(accuracy).isGreaterThanOrEqualTo(0.9);
    assertThat(probabilities[0]).isGreaterThan(0.9);
    assertThat(folder.resolve("model.json")).isNotEmptyFile();
    assertThat(fitted.network().summary()).contains("dense(16, relu)");
  }

  @Test
  void fromPyTorchsLoop() {
    var data = Datasets.named("iris");
    var train = Standardizer.fit(data).apply(data);
    long seed = SEED;
    Tensor x = Tensor.wrap(Shape.of(train.rows(), train.features()), train.x());
    // snippet: torch
    var network = Sequential.of(dense(16, RELU), dense(3)).build(Shape.of(4), seed);
    var optimizer = Torch.sgd(0.05).withMomentum(0.9).attach(network.parameters());
    for (int epoch = 0; epoch < 40; epoch++) {
      for (var batch : TensorBatch.of(train.batches(16).shuffled(seed).epoch(epoch))) {
        var loss = softmaxCrossEntropy(network.apply(batch.x()), batch.y());
        optimizer.step(loss.gradients(network.parameters()));
      }
    }
    int[] predicted = network.apply(x).argMax();
    // end
    int right = 0;
    for (int row = 0; row < predicted.length; row++) {
      right += predicted[row] == train.labels()[row] ? 1 : 0;
    }
    assertThat(right).isGreaterThan(144);
  }

  @Test
  void fromPyTorchsAutograd() {
    // snippet: autograd
    Tensor x = Tensor.of(1, 2, 3);
    Tensor slope = x.pow(3).sum().gradient(x);
    Tensor second = slope.sum().gradient(x);
    // end
    assertThat(slope.toDoubles()).containsExactly(3, 12, 27);
    assertThat(second.toDoubles()).containsExactly(6, 12, 18);
  }

  @Test
  void fromScikitLearn() {
    var data = Datasets.named("iris");
    // snippet: pipeline
    var logistic = Sequential.of(dense(3));
    var trainer = Trainer.defaults().withEpochs(100);
    var parts = data.split(0.8, 1); // stratified
    var fitted = trainer.fit(logistic, softmaxCrossEntropy(), adam(0.02), parts.train());
    System.out.println(fitted.evaluate(parts.test()).report());

    var folds = trainer.crossValidate(logistic, softmaxCrossEntropy(), adam(0.02), data, 5);
    double mean = folds.mean("accuracy");
    // end
    assertThat(mean).isGreaterThan(0.93);
  }

  @Test
  void fromSciPy() {
    // snippet: scipy
    var valley = Formula.parse("(x - 1)^2 + 100*(y - x^2)^2");
    var answer = Minimizer.of(adam(0.05)).minimize(valley, Map.of("x", -1.0, "y", 1.0));
    // end
    assertThat(answer.point()).containsExactly(new double[] {1, 1}, within(1e-6));
  }
}
