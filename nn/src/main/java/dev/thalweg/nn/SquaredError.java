package dev.thalweg.nn;

import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;

/// (y − t)², the mean or the sum over all numbers of the batch. Written `mse` and `mse_sum`.
///
/// Checked against PyTorch's `MSELoss`, whose sum is the same; Keras' sum is one of means over each
/// sample.
///
/// @param reduction mean by default
public record SquaredError(Reduction reduction) implements TermLoss {

  static final String NAME = "mse";
  static final String NAME_OF_SUM = "mse_sum";

  static final Written<Loss> KIND =
      new Written<>(
          Signature.of(NAME, "(y - t)², of numbers", 0, LossArguments.REDUCTION),
          arguments -> new SquaredError(arguments.get(LossArguments.REDUCTION)));

  static final Written<Loss> OF_SUM =
      new Written<>(
          Signature.of(NAME_OF_SUM, "the sum of (y - t)², of numbers", 0),
          arguments -> new SquaredError(Reduction.SUM));

  /// This loss as a mean or as a sum.
  public SquaredError withReduction(Reduction other) {
    return new SquaredError(other);
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
    return prediction.minus(target).square();
  }

  @Override
  public Optional<Tensor> ofDrawn(Tensor prediction, Optional<Tensor> weights, Philox random) {
    NotNull.check(weights, "weights");
    NotNull.check(random, "random");
    Tensor drawn = Drawn.numbers(prediction, random);
    return Optional.of(Drawn.scaled(this, prediction, drawn, weights, prediction.size()));
  }

  @Override
  public String toString() {
    return reduction == Reduction.SUM ? NAME_OF_SUM : NAME;
  }
}
