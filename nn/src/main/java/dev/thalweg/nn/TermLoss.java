package dev.thalweg.nn;

import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;

/// A loss that is the mean or the sum of terms, one or several for each sample.
interface TermLoss extends Loss {

  /// The terms of a batch, batch dimension first; every sample has as many.
  Tensor terms(Tensor prediction, Tensor target);

  @Override
  default Tensor of(Tensor prediction, Tensor target) {
    Tensor terms = terms(prediction, target);
    return reduction() == Reduction.SUM ? terms.sum() : terms.mean();
  }

  @Override
  default Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    Tensor terms = terms(prediction, target);
    if (terms.shape().rank() == 0) {
      throw new IllegalArgumentException(
          this
              + ": expected terms with a batch dimension, found one number; weights of samples"
              + " need terms");
    }
    int samples = terms.shape().dimension(0);
    Constants.checkWeights(weights, samples);
    int[] sizes = new int[terms.shape().rank()];
    Arrays.fill(sizes, 1);
    sizes[0] = samples;
    Tensor column = Tensor.zeros(terms.dtype(), Shape.of(sizes));
    for (int i = 0; i < samples; i++) {
      Constants.set(column, i, weights.element(i));
    }
    Tensor sum = terms.times(column).sum();
    return reduction() == Reduction.SUM || samples == 0 ? sum : sum.div(terms.size());
  }

  /// Refuses targets that are not of the predictions' shape. Broadcasting here would hide a
  /// mistake: n predictions in a column against n targets in a row make n² differences.
  static void checkShapes(String loss, Tensor prediction, Tensor target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new IllegalArgumentException(
          loss
              + ": expected targets of the predictions' shape "
              + prediction.shape()
              + ", found "
              + target.shape());
    }
  }
}
