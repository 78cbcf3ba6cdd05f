package dev.thalweg.nn;

import dev.thalweg.kernels.Nearest;
import dev.thalweg.tensor.Tensor;
import java.util.List;

/// The losses there are.
public final class Losses {

  /// Their names, as `--loss` takes them.
  public static final List<String> NAMES = List.of("softmax_cross_entropy", "mse", "mse_sum");

  private Losses() {}

  /// The mean over the batch of −log softmax(logits)(class), or of −Σ target · log softmax(logits)
  /// where targets are distributions; computed from logits, without overflow.
  public static Loss softmaxCrossEntropy() {
    return named("softmax_cross_entropy", Loss.Reduction.MEAN, Tensor::softmaxCrossEntropy);
  }

  /// The mean of (prediction − target)² over all elements of the batch.
  public static Loss meanSquaredError() {
    return named(
        "mse",
        Loss.Reduction.MEAN,
        (prediction, target) -> squaredErrors(prediction, target).mean());
  }

  /// The sum of (prediction − target)² over all elements of the batch.
  public static Loss sumSquaredError() {
    return named(
        "mse_sum",
        Loss.Reduction.SUM,
        (prediction, target) -> squaredErrors(prediction, target).sum());
  }

  /// The mean squared error of a batch, for a loop written by hand.
  ///
  /// @throws IllegalArgumentException if the shapes differ
  public static Tensor meanSquaredError(Tensor prediction, Tensor target) {
    return squaredErrors(prediction, target).mean();
  }

  /// The softmax cross-entropy of a batch, for a loop written by hand.
  public static Tensor softmaxCrossEntropy(Tensor logits, Tensor target) {
    return logits.softmaxCrossEntropy(target);
  }

  /// A loss by the name that `--loss` takes.
  ///
  /// @throws IllegalArgumentException with the nearest known name
  public static Loss parse(String name) {
    return switch (name) {
      case "softmax_cross_entropy" -> softmaxCrossEntropy();
      case "mse" -> meanSquaredError();
      case "mse_sum" -> sumSquaredError();
      default -> throw new IllegalArgumentException(Nearest.sentence("loss", name, NAMES));
    };
  }

  /// Broadcasting here would hide a mistake: n predictions in a column against n targets in a row
  /// make n² differences.
  private static Tensor squaredErrors(Tensor prediction, Tensor target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new IllegalArgumentException(
          "mean squared error: expected targets of the predictions' shape "
              + prediction.shape()
              + ", found "
              + target.shape());
    }
    return prediction.minus(target).square();
  }

  private static Loss named(String name, Loss.Reduction reduction, Loss loss) {
    return new Loss() {
      @Override
      public Tensor of(Tensor prediction, Tensor target) {
        return loss.of(prediction, target);
      }

      @Override
      public Reduction reduction() {
        return reduction;
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }
}
