package dev.thalweg.house;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Images;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Trainer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A training on images that are 29 MB as bytes and four times as much as floats, its evaluation
/// and its predictions; the activations of a thousand of them would be larger again.
final class LargeImages {

  private static final int ROWS = 600;
  private static final ImageShape SHAPE = new ImageShape(128, 128, 3);

  private LargeImages() {}

  public static void main(String[] arguments) {
    Dataset data = data();
    FittedModel fitted =
        Trainer.defaults()
            .withEpochs(1)
            .withBatchSize(16)
            .fit(
                Models.parse(
                    "conv2d(4, 3, stride=4, activation=relu) | global_average_pool() | dense(2)",
                    2),
                Losses.softmaxCrossEntropy(),
                Optimizers.adamw(0.05),
                data);
    IO.println("evaluated " + fitted.evaluate(data).rows());
    Images some = data.images().orElseThrow().subset(IntStream.range(0, 100).toArray());
    IO.println("predicted " + fitted.predict(some).size());
  }

  /// Dark ones and bright ones, with noise.
  private static Dataset data() {
    var random = new Random(3);
    var labels = new int[ROWS];
    var pixels = new byte[ROWS * SHAPE.size()];
    random.nextBytes(pixels);
    for (int row = 0; row < ROWS; row++) {
      labels[row] = row % 2;
      for (int i = row * SHAPE.size(); i < (row + 1) * SHAPE.size(); i++) {
        pixels[i] = (byte) ((pixels[i] & 0x7f) + 64 * labels[row]);
      }
    }
    return Dataset.classification(
        "large", Images.of(SHAPE, pixels), labels, List.of("dark", "bright"));
  }
}
