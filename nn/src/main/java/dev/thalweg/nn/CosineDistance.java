package dev.thalweg.nn;

import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Tensor;

/// How far the direction of a row of predictions is from that of its target:
///
/// 1 − Σ y t / √((Σ y² + ε) (Σ t² + ε)), ε = 10⁻¹²,
///
/// the mean or the sum over the rows: 0 where both point the same way, 2 where they are opposite.
///
/// Checked against PyTorch's `CosineEmbeddingLoss` of pairs that belong together.
///
/// @param reduction mean by default
public record CosineDistance(Reduction reduction) implements TermLoss {

  static final String NAME = "cosine";

  private static final double EPSILON = 1e-12;

  private static final Signature SIGNATURE =
      Signature.of(NAME, "1 - cos of the angle between rows", 0, LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE, arguments -> new CosineDistance(arguments.get(LossArguments.REDUCTION)));

  /// This loss as a mean or as a sum.
  public CosineDistance withReduction(Reduction other) {
    return new CosineDistance(other);
  }

  @Override
  public Tensor terms(Tensor prediction, Tensor target) {
    TermLoss.checkShapes(NAME, prediction, target);
    int last = prediction.shape().rank() - 1;
    Tensor ofPredictions = prediction.square().sum(last).plus(EPSILON);
    Tensor ofTargets = target.square().sum(last).plus(EPSILON);
    Tensor cosine = prediction.times(target).sum(last).div(ofPredictions.times(ofTargets).sqrt());
    return cosine.negate().plus(1);
  }

  @Override
  public String toString() {
    return Written.text(SIGNATURE.with(LossArguments.REDUCTION, reduction));
  }
}
