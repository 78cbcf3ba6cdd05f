package dev.thalweg.nn;

import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Tensor;

/// One less the overlap of what is predicted and what is so, of logits and zeros and ones: with p =
/// sigmoid(x), over all numbers of a sample,
///
/// 1 − 2 Σ p t / (Σ p + Σ t + ε), ε = 10⁻⁷,
///
/// the mean or the sum over the samples. It does not care how many zeros there are, as where few
/// pixels of an image belong to a thing. A sample without ones, of which none is predicted, counts
/// 1, as in Keras.
///
/// Checked against Keras' `Dice`. Source: Milletari et al.: V-Net (2016), arXiv 1606.04797, whose
/// sums below are of squares.
///
/// @param reduction mean by default
public record Dice(Reduction reduction) implements TermLoss {

  static final String NAME = "dice";

  private static final double EPSILON = 1e-7;

  private static final Signature SIGNATURE =
      Signature.of(
          NAME, "one less the overlap of logits and zeros and ones", 0, LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(SIGNATURE, arguments -> new Dice(arguments.get(LossArguments.REDUCTION)));

  /// This loss as a mean or as a sum.
  public Dice withReduction(Reduction other) {
    return new Dice(other);
  }

  @Override
  public Tensor terms(Tensor logits, Tensor target) {
    TermLoss.checkShapes(NAME, logits, target);
    int rows = logits.shape().dimension(0);
    Tensor p = logits.sigmoid().reshape(rows, logits.size() / Math.max(1, rows));
    Tensor t = target.reshape(p.shape().dimensions());
    Tensor shared = p.times(t).sum(1).times(2);
    return shared.div(p.sum(1).plus(t.sum(1)).plus(EPSILON)).negate().plus(1);
  }

  @Override
  public String toString() {
    return Written.text(SIGNATURE.with(LossArguments.REDUCTION, reduction));
  }
}
