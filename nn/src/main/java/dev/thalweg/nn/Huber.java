package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.ElementFunction;
import dev.thalweg.tensor.Tensor;

/// Squared where the error is small, absolute where it is large: with e = |y − t|
///
/// e²/2 where e ≤ δ, else δ (e − δ/2),
///
/// the mean or the sum over all numbers of the batch. Written `huber(delta=1)`.
///
/// Checked against PyTorch's `HuberLoss(delta)` and Keras' `Huber(delta)`. Source: Huber: Robust
/// Estimation of a Location Parameter (1964).
///
/// @param delta δ, in the unit of the targets as they are trained on; 1 by default: one standard
///   deviation where targets are scaled
/// @param reduction mean by default
public record Huber(double delta, Reduction reduction) implements TermLoss {

  static final String NAME = "huber";

  private static final Argument<Double> DELTA =
      Argument.of("delta", Kind.number(Range.POSITIVE), 1.0, "the error up to which it is squared");

  private static final Signature SIGNATURE =
      Signature.of(
          NAME,
          "squared for small errors, absolute for large, of numbers",
          0,
          DELTA,
          LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE,
          arguments -> new Huber(arguments.get(DELTA), arguments.get(LossArguments.REDUCTION)));

  private static final ElementFunction TERMS =
      ElementFunction.of(
          "where(abs(p - y) <= delta, (p - y)^2 / 2, delta * (abs(p - y) - delta / 2))",
          "p",
          "y",
          "delta");

  /// Checks δ.
  ///
  /// @throws IllegalArgumentException if it is not positive and finite
  public Huber {
    DELTA.kind().check("huber: delta", delta);
  }

  /// This loss as a mean or as a sum.
  public Huber withReduction(Reduction other) {
    return new Huber(delta, other);
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
    return TERMS.apply(
        prediction, target, Tensor.full(prediction.dtype(), prediction.shape(), delta));
  }

  @Override
  public String toString() {
    return Written.text(SIGNATURE.with(DELTA, delta).with(LossArguments.REDUCTION, reduction));
  }
}
