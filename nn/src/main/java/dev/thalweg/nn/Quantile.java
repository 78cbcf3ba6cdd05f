package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.ElementFunction;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.List;

/// The pinball loss: what is smallest where a prediction is the q-quantile of the targets,
///
/// q (t − y) where t ≥ y, else (1 − q) (y − t),
///
/// the mean or the sum over all numbers of the batch. Written `quantile(0.9)`; of several,
/// `quantile(0.1, 0.5, 0.9)`, a prediction has one number for each, and a target one number.
///
/// Checked against executed PyTorch's `maximum(q e, (q - 1) e)`. Source: Koenker and Bassett:
/// Regression Quantiles (1978).
///
/// @param quantiles each above 0 and below 1; 0.5 by default: the median
/// @param reduction mean by default
public record Quantile(List<Double> quantiles, Reduction reduction) implements TermLoss {

  static final String NAME = "quantile";

  private static final Argument<List<Double>> QUANTILES =
      Argument.of(
          "quantiles",
          Kind.list(Kind.number(new Range(0, false, 1, false))),
          List.of(0.5),
          "shares of the targets that are to be below");

  private static final Signature SIGNATURE =
      Signature.ofMany(NAME, "the pinball loss, of numbers", QUANTILES, LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE,
          arguments ->
              new Quantile(arguments.get(QUANTILES), arguments.get(LossArguments.REDUCTION)));

  private static final ElementFunction TERMS =
      ElementFunction.of("where(y >= p, q * (y - p), (1 - q) * (p - y))", "p", "y", "q");

  /// Checks the quantiles.
  ///
  /// @throws IllegalArgumentException if there is none, or one is not between 0 and 1
  public Quantile {
    quantiles = List.copyOf(quantiles);
    if (quantiles.isEmpty()) {
      throw new IllegalArgumentException(NAME + ": expected one quantile or more, found none");
    }
    QUANTILES.kind().check(NAME + ": quantiles", quantiles);
  }

  /// This loss as a mean or as a sum.
  public Quantile withReduction(Reduction other) {
    return new Quantile(quantiles, other);
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
    Shape shape = prediction.shape();
    int count = quantiles.size();
    if (count > 1 && (shape.rank() != 2 || shape.dimension(1) != count)) {
      throw new IllegalArgumentException(
          "%s: expected predictions of rows×%d, a number for each quantile, found %s"
              .formatted(NAME, count, shape));
    }
    Tensor wanted = target;
    if (count > 1 && target.shape().equals(Shape.of(shape.dimension(0), 1))) {
      wanted = target.broadcastTo(shape);
    }
    TermLoss.checkShapes(NAME, prediction, wanted);
    Tensor each = Tensor.zeros(prediction.dtype(), shape);
    for (int i = 0; i < each.size(); i++) {
      Constants.set(each, i, quantiles.get(i % count));
    }
    return TERMS.apply(prediction, wanted, each);
  }

  @Override
  public String toString() {
    return Written.text(
        SIGNATURE.with(QUANTILES, quantiles).with(LossArguments.REDUCTION, reduction));
  }
}
