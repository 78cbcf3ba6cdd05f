package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Normalization;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// Batch normalisation, y = γ (x − μ) / √(σ² + ε) + β, each channel by itself: Ioffe and Szegedy
/// 2015, arXiv 1502.03167.
///
/// In training μ and σ² are those of the batch, over all its samples and pixels, σ² = Σ(x − μ)² /
/// n; otherwise they are the running ones, `mean` and `variance`, which are saved with the weights.
/// After each step of training, with the momentum m,
///
/// mean = m mean + (1 − m) μ, variance = m variance + (1 − m) σ² n / (n − 1).
///
/// The momentum is the share that is *kept*, as in Keras; PyTorch's `momentum=0.1`, its default, is
/// 0.9 here, the default too. σ² n / (n − 1) is the unbiased variance that PyTorch keeps; Keras
/// keeps the biased one: `unbiased=false`, with `momentum=0.99, epsilon=0.001` for its defaults. ε
/// is PyTorch's 1e-5 by default. Where a batch has one number a channel, the biased variance 0 is
/// kept.
///
/// The weights are `scale`, γ, which begins at 1, and `shift`, β, which begins at 0; PyTorch calls
/// them `weight` and `bias`, and the state `running_mean` and `running_var`.
public final class BatchNorm extends BuiltInLayer {

  private static final Argument<Double> MOMENTUM =
      Argument.of(
          "momentum",
          Kind.number(Range.PART),
          0.9,
          "share of the running moments that a step keeps; PyTorch's is 1 less this");

  private static final Argument<Boolean> UNBIASED =
      Argument.of(
          "unbiased",
          Kind.flag(),
          true,
          "whether the running variance is divided by n − 1, as in PyTorch, and not by n");

  private static final Signature SIGNATURE =
      Signature.of(
          "batch_norm",
          "each channel to mean 0 and variance 1 over the batch",
          0,
          MOMENTUM,
          Norm.EPSILON,
          UNBIASED);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "[…, c], kept", BatchNorm::new)
          .withWeights(
              "scale [c]", "shift [c]", "mean [c], a running mean", "variance [c], a running one");

  private BatchNorm(Arguments arguments) {
    super(arguments);
  }

  static BatchNorm of() {
    return new BatchNorm(SIGNATURE.usual());
  }

  @Override
  BatchNorm with(Arguments other) {
    return new BatchNorm(other);
  }

  /// This layer with another share of the running moments that a step keeps: 1 less PyTorch's.
  public BatchNorm withMomentum(double kept) {
    return with(arguments.with(MOMENTUM, kept));
  }

  /// This layer with another ε.
  public BatchNorm withEpsilon(double epsilon) {
    return with(arguments.with(Norm.EPSILON, epsilon));
  }

  @Override
  public boolean mixesRows() {
    return true;
  }

  @Override
  public Shape output(Shape input) {
    return Norm.channels(this, input, 1);
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int channels = input.dimension(-1);
    Shape shape = Shape.of(channels);
    Tensor scale = builder.parameter("scale", shape, Initializer.ONES, channels, channels);
    Tensor shift = builder.parameter("shift", shape, Initializer.ZEROS, channels, channels);
    Tensor mean = builder.state("mean", shape, 0);
    Tensor variance = builder.state("variance", shape, 1);
    double epsilon = arguments.get(Norm.EPSILON);
    double kept = arguments.get(MOMENTUM);
    boolean unbiased = arguments.get(UNBIASED);
    return (x, pass) -> {
      if (!pass.training()) {
        return Normalization.batchNorm(x, mean, variance, scale, shift, epsilon);
      }
      Normalization.Batch batch = Normalization.batchNorm(x, scale, shift, epsilon);
      double n = x.size() / (double) channels;
      double factor = unbiased ? n / Math.max(1, n - 1) : 1;
      pass.update(mean, mixed(mean, kept, batch.mean(), 1));
      pass.update(variance, mixed(variance, kept, batch.variance(), factor));
      return batch.y();
    };
  }

  private static Tensor mixed(Tensor old, double kept, Tensor next, double factor) {
    return old.detach().times(kept).plus(next.times((1 - kept) * factor));
  }
}
