package dev.thalweg.nn;

import dev.thalweg.tensor.Tensor;

/// (y − t)², the mean or the sum over all numbers of the batch. Written `mse` and `mse_sum`.
///
/// Checked against PyTorch's `MSELoss`, whose sum is the same; Keras' sum is one of means over each
/// sample.
///
/// @param reduction mean by default
public record SquaredError(Reduction reduction) implements TermLoss {

  static final String NAME = "mse";
  static final String NAME_OF_SUM = "mse_sum";

  /// This loss as a mean or as a sum.
  public SquaredError withReduction(Reduction other) {
    return new SquaredError(other);
  }

  @Override
  public boolean isOfDifferences() {
    return true;
  }

  @Override
  public Targets targets() {
    return Targets.NUMBERS;
  }

  @Override
  public Tensor terms(Tensor prediction, Tensor target) {
    TermLoss.checkShapes(NAME, prediction, target);
    return prediction.minus(target).square();
  }

  @Override
  public String toString() {
    return reduction == Reduction.SUM ? NAME_OF_SUM : NAME;
  }
}
