package dev.thalweg.nn;

import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Tensor;

/// The margin by which one number misses the side of its class: max(0, 1 − t y), t being −1 for the
/// first of two classes and 1 for the second; the mean or the sum over all numbers of the batch. A
/// target of 0 is the first class, too. The derivative at the kink is 0.
///
/// Checked against Keras' `Hinge`, which reads targets of 0 and 1 as ±1 only where a whole batch
/// has no other.
///
/// @param reduction mean by default
public record Hinge(Reduction reduction) implements TermLoss {

  static final String NAME = "hinge";

  private static final Signature SIGNATURE =
      Signature.of(
          NAME,
          "the margin to the side of a class, of two classes by one number",
          0,
          LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(SIGNATURE, arguments -> new Hinge(arguments.get(LossArguments.REDUCTION)));

  /// This loss as a mean or as a sum.
  public Hinge withReduction(Reduction other) {
    return new Hinge(other);
  }

  @Override
  public Targets targets() {
    return Targets.TWO_CLASSES;
  }

  @Override
  public Tensor terms(Tensor prediction, Tensor target) {
    Tensor sides = Constants.binary(NAME, prediction, target, Hinge::side);
    return prediction.times(sides).negate().plus(1).relu();
  }

  private static double side(double target, int index) {
    if (target == 1) {
      return 1;
    }
    if (target == 0 || target == -1) {
      return -1;
    }
    throw new IllegalArgumentException(
        NAME + ": expected targets of -1, 0 or 1, found " + target + " at number " + index);
  }

  @Override
  public String toString() {
    return Written.text(SIGNATURE.with(LossArguments.REDUCTION, reduction));
  }
}
