package dev.thalweg.examples;

import module dev.thalweg;
import module java.base;

/// The program that tutorials of Keras print for momentum, in Java: 784 inputs, `Dense(10)`,
/// `Dense(1)`, compiled with `SGD(learning_rate=0.01, momentum=0.9)` and the mean squared error,
/// fitted for 10 epochs of batches of 32. The tutorial does not say what `x_train` is; here it is
/// the digits, each pixel of 8×8 repeated to 28×28, and the answer is the digit as a number.
///
/// These settings diverge within five steps, with pixels from 0 to 255 as with pixels from 0 to 1:
/// the loss is curved more steeply than the learning rate bears, since 784 inputs that are never
/// negative all push one way. A tenth of the learning rate trains.
///
/// Run it with `examples/run DenseSgdMomentum`.
public final class DenseSgdMomentum {

  private static final long SEED = 7;

  private DenseSgdMomentum() {}

  /// Trains on pixels from 0 to 255 and from 0 to 1, and with a smaller learning rate.
  public static void main(String[] arguments) {
    show(255, 0.01);
    show(1, 0.01);
    show(1, 0.001);
  }

  private static void show(int brightest, double learningRate) {
    IO.println("pixels from 0 to %d, learning rate %s".formatted(brightest, learningRate));
    run(brightest, learningRate, line -> IO.println("  " + line));
  }

  /// Fits, and tells what happens.
  ///
  /// @param brightest the value of a white pixel
  /// @return the R² on a fifth of the digits; empty if training diverged
  static OptionalDouble run(int brightest, double learningRate, Consumer<String> report) {
    Split digits = digits(brightest).split(0.8, SEED);
    Sequential model = Sequential.of(Layers.dense(10), Layers.dense(1));
    Optimizer sgd = Optimizer.parse("keras.SGD(momentum=0.9)").with("learning_rate", learningRate);
    try {
      FittedModel fitted =
          Trainer.defaults()
              .withEpochs(10)
              .withBatchSize(32)
              .withSeed(SEED)
              .withStandardize(false)
              .withScaleTarget(false)
              .withCallback(event -> {
                if (event instanceof TrainingEvent.EpochEnded(var epoch)) {
                  report.accept("epoch %2d  loss %.3f".formatted(epoch.epoch(), epoch.loss()));
                }
              })
              .fit(model, Losses.mse(), sgd, digits.train());
      Evaluation tested = fitted.evaluate(digits.test());
      report.accept(
          "on digits it has not seen: R² %.3f, off by %.2f on average"
              .formatted(tested.r2(), tested.mae()));
      return OptionalDouble.of(tested.r2());
    } catch (DivergedException diverged) {
      report.accept(diverged.getMessage());
      return OptionalDouble.empty();
    }
  }

  /// The digits at 28×28, with their number as the target.
  private static Dataset digits(int brightest) {
    Dataset small = Datasets.named("digits");
    double[][] pixels = new double[small.rows()][28 * 28];
    double[] numbers = new double[small.rows()];
    int[] labels = small.labels();
    for (int row = 0; row < small.rows(); row++) {
      float[] from = small.row(row);
      for (int i = 0; i < 28 * 28; i++) {
        pixels[row][i] = from[i / 28 * 8 / 28 * 8 + i % 28 * 8 / 28] / 16 * brightest;
      }
      numbers[row] = labels[row];
    }
    return Dataset.regression(pixels, numbers).withName("digits of 28×28");
  }
}
