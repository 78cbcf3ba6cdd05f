package dev.thalweg.nn;

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
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("huber: delta must lie in (0, ∞), found " + delta);
    }
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
    return new LossText(NAME).with("delta", delta, 1).with(reduction).toString();
  }
}
