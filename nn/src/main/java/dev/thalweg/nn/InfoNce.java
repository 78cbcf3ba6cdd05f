package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// That row i of the predictions belongs to row i of the targets, among all rows of the batch: with
/// ŷ and t̂ of length 1,
///
/// −log softmaxⱼ(ŷᵢ · t̂ⱼ / τ) at j = i,
///
/// the mean or the sum over the rows. With predictions that are the mean of both ways round it is
/// the loss of CLIP.
///
/// Checked against executed PyTorch's `cross_entropy(normalize(y) @ normalize(t).T / tau, arange)`.
/// Source: van den Oord et al.: Representation Learning with Contrastive Predictive Coding (2018),
/// arXiv 1807.03748.
///
/// @param temperature τ, positive; 0.07 by default, as in He et al. 2020, arXiv 1911.05722
/// @param reduction mean by default
public record InfoNce(double temperature, Reduction reduction) implements Loss {

  static final String NAME = "info_nce";

  /// Beside the square of a length, so that rows of zeros have a slope.
  private static final double EPSILON = 1e-24;

  private static final Argument<Double> TEMPERATURE =
      Argument.of(
          "temperature", Kind.number(Range.POSITIVE), 0.07, "what similarities are divided by");

  private static final Signature SIGNATURE =
      Signature.of(
          NAME,
          "rows that are to be most similar to their own among all of the batch",
          0,
          TEMPERATURE,
          LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE,
          arguments ->
              new InfoNce(arguments.get(TEMPERATURE), arguments.get(LossArguments.REDUCTION)));

  /// Checks τ.
  ///
  /// @throws IllegalArgumentException if it is not positive and finite
  public InfoNce {
    TEMPERATURE.kind().check(NAME + ": temperature", temperature);
  }

  /// This loss as a mean or as a sum.
  public InfoNce withReduction(Reduction other) {
    return new InfoNce(temperature, other);
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target) {
    return own(prediction).of(similarities(prediction, target), places(prediction));
  }

  @Override
  public Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    return own(prediction).of(similarities(prediction, target), places(prediction), weights);
  }

  private CrossEntropy own(Tensor prediction) {
    if (prediction.shape().rank() != 2) {
      throw new IllegalArgumentException(
          NAME + ": expected predictions of rows×c, found " + prediction.shape());
    }
    return Losses.softmaxCrossEntropy().withReduction(reduction);
  }

  private Tensor similarities(Tensor prediction, Tensor target) {
    TermLoss.checkShapes(NAME, prediction, target);
    return unit(prediction).matmul(unit(target), false, true).div(temperature);
  }

  private static Tensor unit(Tensor rows) {
    int n = rows.shape().dimension(0);
    return rows.div(rows.square().sum(1).plus(EPSILON).sqrt().reshape(n, 1));
  }

  private static Tensor places(Tensor prediction) {
    int[] each = new int[prediction.shape().dimension(0)];
    for (int i = 0; i < each.length; i++) {
      each[i] = i;
    }
    return Tensor.wrap(Shape.of(each.length), each);
  }

  @Override
  public String toString() {
    return Written.text(
        SIGNATURE.with(TEMPERATURE, temperature).with(LossArguments.REDUCTION, reduction));
  }
}
