package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// Handwritten digits, learned by a loop written by hand: batches, a loss, its gradients, a step.
///
/// Run it with `examples/run DigitsByHand`.
public final class DigitsByHand {

  private static final long SEED = 7;

  private DigitsByHand() {}

  /// Trains for ten epochs and prints the loss of each.
  public static void main(String[] arguments) {
    double accuracy = train(10, IO::println);
    IO.println("%.1f %% of the digits it has not seen are read right".formatted(100 * accuracy));
  }

  /// Trains, and returns the accuracy on the part of the digits that was not trained on.
  static double train(int epochs, Consumer<String> report) {
    Split digits = Datasets.named("digits").split(0.8, SEED);
    Standardizer scaling = Standardizer.fit(digits.train());
    Dataset train = scaling.apply(digits.train());
    Dataset test = scaling.apply(digits.test());

    Network network =
        Sequential.of(
                Layers.dense(64, Activation.RELU),
                Layers.dropout(0.1),
                Layers.dense(train.classes()))
            .build(Shape.of(train.features()), SEED);
    OptimizerRun optimizer = Optimizers.adamw(2e-3).attach(network.parameters());

    for (int epoch = 0; epoch < epochs; epoch++) {
      double total = 0;
      for (var batch : TensorBatch.of(train.batches(32).shuffled(SEED).epoch(epoch))) {
        Pass pass = Pass.training(SEED, optimizer.steps());
        Tensor loss = Losses.softmaxCrossEntropy(network.apply(batch.x(), pass), batch.y());
        optimizer.step(loss.gradients(network.parameters()));
        total += loss.item() * batch.rows();
      }
      report.accept("epoch %2d  loss %.4f".formatted(epoch + 1, total / train.rows()));
    }
    return accuracy(network, test);
  }

  private static double accuracy(Network network, Dataset data) {
    Tensor x = Tensor.ofFloats(Shape.of(data.rows(), data.features()), data.x());
    int[] found = Gradients.off(() -> network.apply(x)).argMax();
    int[] expected = data.labels();
    long right = IntStream.range(0, found.length).filter(i -> found[i] == expected[i]).count();
    return (double) right / found.length;
  }
}
