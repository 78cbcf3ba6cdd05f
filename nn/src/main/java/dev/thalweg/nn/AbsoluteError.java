package dev.thalweg.nn;

import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Tensor;

/// |y − t|, the mean or the sum over all numbers of the batch; the derivative where both are equal
/// is 0. Written `mae`.
///
/// Checked against PyTorch's `L1Loss` and Keras' `MeanAbsoluteError`.
///
/// @param reduction mean by default
public record AbsoluteError(Reduction reduction) implements TermLoss {

  static final String NAME = "mae";

  private static final Signature SIGNATURE =
      Signature.of(NAME, "|y - t|, of numbers", 0, LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE, arguments -> new AbsoluteError(arguments.get(LossArguments.REDUCTION)));

  /// This loss as a mean or as a sum.
  public AbsoluteError withReduction(Reduction other) {
    return new AbsoluteError(other);
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
    return prediction.minus(target).abs();
  }

  @Override
  public String toString() {
    return Written.text(SIGNATURE.with(LossArguments.REDUCTION, reduction));
  }
}
