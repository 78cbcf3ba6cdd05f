package dev.thalweg.train;

import dev.thalweg.nn.Activation;
import dev.thalweg.nn.BinaryCrossEntropy;
import dev.thalweg.nn.CrossEntropy;
import dev.thalweg.nn.Dense;
import dev.thalweg.nn.KullbackLeibler;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Sequential;
import dev.thalweg.tensor.Tensor;

/// Whether a model ends in logits where its loss makes probabilities of them by itself: with a
/// sigmoid or a softmax before it, it would do so twice, and learn little.
final class Logits {

  private static final double NEAR = 1e-4;

  private Logits() {}

  /// @throws IllegalArgumentException if the last layer makes probabilities
  static void check(Sequential model, Loss loss) {
    Layer last = model.layers().getLast();
    boolean sigmoid =
        last.equals(Layers.activation(Activation.SIGMOID))
            || (last instanceof Dense dense && dense.activation().equals(Activation.SIGMOID));
    if (takesLogits(loss) && sigmoid) {
      throw wrong(model, loss, last.toString());
    }
  }

  /// Looks at what a network of layers of one's own gives.
  ///
  /// @throws IllegalArgumentException if each row is a distribution
  static void check(Sequential model, Loss loss, Tensor prediction) {
    if (takesLogits(loss) && prediction.shape().rank() == 2 && areDistributions(prediction)) {
      throw wrong(model, loss, "probabilities, which add up to 1 in each row");
    }
  }

  private static boolean takesLogits(Loss loss) {
    return loss instanceof CrossEntropy
        || loss instanceof BinaryCrossEntropy
        || loss instanceof KullbackLeibler;
  }

  private static boolean areDistributions(Tensor prediction) {
    int width = prediction.shape().dimension(1);
    float[] p = prediction.floats();
    for (int from = 0; from < p.length; from += width) {
      double sum = 0;
      for (int i = from; i < from + width; i++) {
        if (!(p[i] >= 0)) {
          return false;
        }
        sum += p[i];
      }
      if (!(Math.abs(sum - 1) < NEAR)) {
        return false;
      }
    }
    return width > 1;
  }

  private static IllegalArgumentException wrong(Sequential model, Loss loss, String found) {
    return new IllegalArgumentException(
        "%s: expected logits at the end, of which %s makes probabilities by itself, as predict does; found %s"
            .formatted(model.name(), loss, found));
  }
}
