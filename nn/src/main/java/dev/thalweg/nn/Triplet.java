package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// That a row of predictions is nearer to one that belongs to it, p, than to one that does not, n:
///
/// max(0, d(y, p) − d(y, n) + margin), d(a, b) = √Σ (a − b + ε)², ε = 10⁻⁶,
///
/// the mean or the sum over the rows. Predictions are rows×c, targets rows×2×c: p and n of each.
///
/// Checked against PyTorch's `TripletMarginLoss`. Source: Schroff et al.: FaceNet (2015), arXiv
/// 1503.03832, whose distances are squared.
///
/// @param margin positive; 1 by default
/// @param reduction mean by default
public record Triplet(double margin, Reduction reduction) implements TermLoss {

  static final String NAME = "triplet";

  private static final double EPSILON = 1e-6;

  private static final Argument<Double> MARGIN =
      Argument.of("margin", Kind.number(Range.POSITIVE), 1.0, "by how much it is to be nearer");

  private static final Signature SIGNATURE =
      Signature.of(
          NAME,
          "rows that are to be nearer to one that belongs to them than to another",
          0,
          MARGIN,
          LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE,
          arguments -> new Triplet(arguments.get(MARGIN), arguments.get(LossArguments.REDUCTION)));

  /// Checks the margin.
  ///
  /// @throws IllegalArgumentException if it is not positive and finite
  public Triplet {
    MARGIN.kind().check(NAME + ": margin", margin);
  }

  /// This loss as a mean or as a sum.
  public Triplet withReduction(Reduction other) {
    return new Triplet(margin, other);
  }

  @Override
  public Tensor terms(Tensor prediction, Tensor target) {
    Shape shape = prediction.shape();
    Shape pairs = shape.rank() == 2 ? Shape.of(shape.dimension(0), 2, shape.dimension(1)) : shape;
    if (shape.rank() != 2 || !target.shape().equals(pairs)) {
      throw new IllegalArgumentException(
          NAME
              + ": expected predictions of rows×c and targets of rows×2×c, found "
              + shape
              + " and "
              + target.shape());
    }
    Tensor near = distance(prediction, target.slice(1, 0, 1).squeeze(1));
    Tensor far = distance(prediction, target.slice(1, 1, 2).squeeze(1));
    return near.minus(far).plus(margin).relu();
  }

  private static Tensor distance(Tensor one, Tensor other) {
    return one.minus(other).plus(EPSILON).square().sum(1).sqrt();
  }

  @Override
  public String toString() {
    return Written.text(SIGNATURE.with(MARGIN, margin).with(LossArguments.REDUCTION, reduction));
  }
}
