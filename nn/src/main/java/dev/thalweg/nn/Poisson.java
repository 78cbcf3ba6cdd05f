package dev.thalweg.nn;

import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.ElementFunction;
import dev.thalweg.tensor.Tensor;

/// Of counts t whose rate is eʸ, −log of their probability but for what does not depend on y:
///
/// eʸ − t y,
///
/// the mean or the sum over all numbers of the batch. So a network says the logarithm of a rate.
/// Targets are not to be scaled, and predictions are logarithms, too.
///
/// Checked against PyTorch's `PoissonNLLLoss(log_input=True)`.
///
/// @param reduction mean by default
public record Poisson(Reduction reduction) implements TermLoss {

  static final String NAME = "poisson";

  private static final Signature SIGNATURE =
      Signature.of(
          NAME, "of counts, whose rate is e to the prediction", 0, LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(SIGNATURE, arguments -> new Poisson(arguments.get(LossArguments.REDUCTION)));

  private static final ElementFunction TERMS = ElementFunction.of("exp(p) - y * p", "p", "y");

  /// This loss as a mean or as a sum.
  public Poisson withReduction(Reduction other) {
    return new Poisson(other);
  }

  @Override
  public Targets targets() {
    return Targets.NUMBERS;
  }

  @Override
  public Tensor terms(Tensor prediction, Tensor target) {
    TermLoss.checkShapes(NAME, prediction, target);
    for (int i = 0; i < target.size(); i++) {
      if (!(target.element(i) >= 0)) {
        throw new IllegalArgumentException(
            NAME + ": expected counts of at least 0, found " + target.element(i) + " at " + i);
      }
    }
    return TERMS.apply(prediction, target);
  }

  @Override
  public String toString() {
    return Written.text(SIGNATURE.with(LossArguments.REDUCTION, reduction));
  }
}
