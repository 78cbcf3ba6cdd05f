package dev.thalweg.nn;

import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;

/// Answers that are drawn from what a prediction says of them, and losses against these.
final class Drawn {

  private Drawn() {}

  /// Classes, a vector, each with the probability that softmax gives it.
  ///
  /// @param logits rows×classes
  static Tensor classes(Tensor logits, Philox random) {
    int rows = logits.shape().dimension(0);
    int classes = logits.shape().dimension(1);
    Tensor shares = logits.detach().softmax();
    int[] drawn = new int[rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += shares.element(i * classes + c);
      }
      double left = random.uniformDouble(i) * sum;
      int last = 0;
      for (int c = 0; c < classes; c++) {
        double share = shares.element(i * classes + c);
        if (share > 0) {
          last = c;
          left -= share;
          if (left < 0) {
            break;
          }
        }
      }
      drawn[i] = last;
    }
    return Tensor.ofInts(drawn);
  }

  /// Zeros and ones, a one with the probability that the sigmoid of its logit is.
  static Tensor yesOrNo(Tensor logits, Philox random) {
    Tensor shares = logits.detach().sigmoid();
    Tensor drawn = Tensor.zeros(logits.dtype(), logits.shape());
    for (int i = 0; i < drawn.size(); i++) {
      Constants.set(drawn, i, random.uniformDouble(i) < shares.element(i) ? 1 : 0);
    }
    return drawn;
  }

  /// Numbers of the normal distribution of which (p − y)² is the negative log-likelihood, but for a
  /// constant: mean p, variance ½.
  static Tensor numbers(Tensor prediction, Philox random) {
    Tensor drawn = Tensor.zeros(prediction.dtype(), prediction.shape());
    for (int i = 0; i < drawn.size(); i++) {
      Constants.set(drawn, i, prediction.element(i) + Math.sqrt(0.5) * random.normal(i));
    }
    return drawn;
  }

  /// The loss against drawn answers, scaled as [Loss#ofDrawn] says.
  ///
  /// @param terms how many there are, each of which was drawn by itself
  static Tensor scaled(
      Loss loss, Tensor prediction, Tensor drawn, Optional<Tensor> weights, int terms) {
    Tensor value =
        weights.isPresent()
            ? loss.of(prediction, drawn, roots(weights.get()))
            : loss.of(prediction, drawn);
    return loss.reduction() == Loss.Reduction.SUM ? value : value.times(Math.sqrt(terms));
  }

  private static Tensor roots(Tensor weights) {
    Tensor roots = Tensor.zeros(weights.dtype(), Shape.of(weights.size()));
    for (int i = 0; i < roots.size(); i++) {
      Constants.set(roots, i, Math.sqrt(weights.element(i)));
    }
    return roots;
  }
}
