package dev.thalweg.nn;

import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Tensor;

/// The margin by which the score of a sample's class misses that of the best other class: with
/// scores y and a distribution t over the classes
///
/// max(0, 1 + maxc (1 − tc) yc − Σc tc yc),
///
/// the mean or the sum over the batch; a vector of class indices stands for the one-hot
/// distributions. As in Keras' `CategoricalHinge`, against which it is checked, the sample's own
/// class takes part in the maximum with 0: where all other scores are negative, the margin is to 0.
///
/// @param reduction mean by default
public record CategoricalHinge(Reduction reduction) implements TermLoss {

  static final String NAME = "categorical_hinge";

  private static final Signature SIGNATURE =
      Signature.of(
          NAME, "the margin to the best other class, of classes", 0, LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE, arguments -> new CategoricalHinge(arguments.get(LossArguments.REDUCTION)));

  /// This loss as a mean or as a sum.
  public CategoricalHinge withReduction(Reduction other) {
    return new CategoricalHinge(other);
  }

  @Override
  public Targets targets() {
    return Targets.CLASSES;
  }

  @Override
  public Tensor terms(Tensor prediction, Tensor target) {
    Tensor own = Constants.distributions(NAME, prediction, target);
    Tensor others = own.negate().plus(1).detach();
    Tensor best = prediction.times(others).max(1);
    return best.minus(prediction.times(own).sum(1)).plus(1).relu();
  }

  @Override
  public String toString() {
    return Written.text(SIGNATURE.with(LossArguments.REDUCTION, reduction));
  }
}
