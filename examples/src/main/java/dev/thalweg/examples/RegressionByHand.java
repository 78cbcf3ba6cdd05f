package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// A regression with one hidden layer of 10 relu units and a loop written by hand: miles per gallon
/// of cars. At the end the network becomes a [FittedModel], which predicts, evaluates and saves
/// like any other.
///
/// Run it with `examples/run RegressionByHand`.
public final class RegressionByHand {

  private static final long SEED = 7;

  private RegressionByHand() {}

  /// Trains for 200 epochs.
  public static void main(String[] arguments) {
    Evaluation tested = run(200, IO::println);
    IO.println(
        "cars it has not seen: R² %.3f, off by %.1f miles per gallon on average"
            .formatted(tested.r2(), tested.mae()));
  }

  /// Trains, and evaluates on a fifth of the cars.
  static Evaluation run(int epochs, Consumer<String> report) {
    Split cars = Datasets.named("auto-mpg").split(0.8, SEED);
    Standardizer scaling = Standardizer.fit(cars.train());
    Dataset train = scaling.apply(cars.train());

    Sequential model = Sequential.of(Layers.dense(10, Activation.RELU), Layers.dense(1));
    Network network = model.build(Shape.of(train.features()), SEED);
    OptimizerRun optimizer = Optimizers.momentum(0.002, 0.9).attach(network.parameters());

    for (int epoch = 0; epoch < epochs; epoch++) {
      double total = 0;
      for (var batch : TensorBatch.of(train.batches(32).shuffled(SEED).epoch(epoch))) {
        Tensor loss = Losses.mse(network.apply(batch.x()), batch.y());
        optimizer.step(loss.gradients(network.parameters()));
        total += loss.item() * batch.rows();
      }
      if ((epoch + 1) % 20 == 0) {
        report.accept("epoch %3d  loss %7.3f".formatted(epoch + 1, total / train.rows()));
      }
    }
    return FittedModel.of(network, Losses.mse(), Preprocessing.of(cars.train(), scaling))
        .evaluate(cars.test());
  }
}
