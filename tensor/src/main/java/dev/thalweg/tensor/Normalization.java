package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;

/// Numbers brought to mean 0 and variance 1, in families that differ in what is taken together; the
/// last dimension is that of features or channels.
///
/// All divide by √(σ² + ε), where σ² is the *biased* variance, the mean of squared distances, and
/// scale by γ and shift by β, a number a channel. Gradients have gradients.
public final class Normalization {

  private Normalization() {}

  /// Layer normalisation: each vector of the last dimension by its own mean and variance.
  ///
  /// y = γ (x − μ) / √(σ² + ε) + β
  ///
  /// PyTorch's ε is 1e-5, Keras' 1e-3.
  ///
  /// @param gamma a vector, a number for each feature
  /// @param beta a vector
  /// @throws IllegalArgumentException if shapes don't fit, or ε is negative
  public static Tensor layerNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon) {
    return RowNormalized.of("layerNorm", true, epsilon, x, gamma, beta);
  }

  /// The same with γ = 1 and β = 0.
  public static Tensor layerNorm(Tensor x, double epsilon) {
    return RowNormalized.of("layerNorm", true, epsilon, x);
  }

  /// Normalisation by the root of the mean square of each vector of the last dimension.
  ///
  /// y = γ x / √(Σx² / n + ε)
  ///
  /// @param gamma a vector, a number for each feature
  /// @throws IllegalArgumentException if shapes don't fit, or ε is negative
  public static Tensor rmsNorm(Tensor x, Tensor gamma, double epsilon) {
    return RowNormalized.of("rmsNorm", false, epsilon, x, gamma);
  }

  /// The same with γ = 1.
  public static Tensor rmsNorm(Tensor x, double epsilon) {
    return RowNormalized.of("rmsNorm", false, epsilon, x);
  }

  /// Group normalisation: of each sample, neighbouring channels in so many groups, over all pixels.
  /// One group is layer normalisation over the whole sample.
  ///
  /// @param x samples first, channels last: images, series or vectors
  /// @param gamma a vector, a number for each channel
  /// @param beta a vector
  /// @throws IllegalArgumentException if shapes don't fit, groups do not divide channels, or ε is
  ///   negative
  public static Tensor groupNorm(Tensor x, int groups, Tensor gamma, Tensor beta, double epsilon) {
    return GroupNormalized.of("groupNorm", true, groups, epsilon, x, gamma, beta).result();
  }

  /// The same with γ = 1 and β = 0.
  public static Tensor groupNorm(Tensor x, int groups, double epsilon) {
    return GroupNormalized.of("groupNorm", true, groups, epsilon, x).result();
  }

  /// Instance normalisation: each channel of each sample, over all pixels. PyTorch's has neither γ
  /// nor β unless told.
  ///
  /// @throws IllegalArgumentException as [#groupNorm]
  public static Tensor instanceNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon) {
    int channels = channels(x);
    return GroupNormalized.of("instanceNorm", true, channels, epsilon, x, gamma, beta).result();
  }

  /// The same with γ = 1 and β = 0.
  public static Tensor instanceNorm(Tensor x, double epsilon) {
    return GroupNormalized.of("instanceNorm", true, channels(x), epsilon, x).result();
  }

  private static int channels(Tensor x) {
    return x.shape().rank() == 0 ? 1 : x.shape().dimension(-1);
  }

  /// What batch normalisation gives in training.
  ///
  /// @param y the normalised batch
  /// @param mean of each channel, a vector without history
  /// @param variance of each channel, biased, a vector without history. PyTorch and Keras keep a
  ///   running mean of variances: PyTorch of the unbiased one, variance · n / (n − 1), Keras of
  ///   this
  /// @param count n, how many numbers of each channel there were
  public record Batch(Tensor y, Tensor mean, Tensor variance, int count) {}

  /// Batch normalisation in training: each channel by its mean and variance over the whole batch
  /// and all pixels.
  ///
  /// @param x samples first, channels last
  /// @param gamma a vector, a number for each channel
  /// @param beta a vector
  /// @throws IllegalArgumentException if shapes don't fit, there is no sample, or ε is negative
  public static Batch batchNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon) {
    return batch(GroupNormalized.of("batchNorm", false, channels(x), epsilon, x, gamma, beta), x);
  }

  /// The same with γ = 1 and β = 0.
  public static Batch batchNorm(Tensor x, double epsilon) {
    return batch(GroupNormalized.of("batchNorm", false, channels(x), epsilon, x), x);
  }

  private static Batch batch(GroupNormalized norm, Tensor x) {
    Tensor y = norm.result();
    int channels = channels(x);
    int count = x.size() / channels;
    if (y.dtype() == DType.F32) {
      return new Batch(y, norm.mean(), norm.variance(), count);
    }
    Tensor rows = x.detach().reshape(-1, channels);
    return new Batch(y, rows.mean(0).detach(), rows.variance(0).detach(), count);
  }

  /// Batch normalisation in prediction, by a mean and a variance that were kept.
  ///
  /// y = x s + (β − μ s), s = γ / √(σ² + ε)
  ///
  /// @param mean a vector, a number for each channel
  /// @param variance a vector
  /// @param gamma a vector
  /// @param beta a vector
  public static Tensor batchNorm(
      Tensor x, Tensor mean, Tensor variance, Tensor gamma, Tensor beta, double epsilon) {
    Tensor scale = gamma.div(variance.plus(epsilon).sqrt());
    return x.times(scale).plus(beta.minus(mean.times(scale)));
  }

  /// Refuses what can't be γ and β.
  static void check(String name, double epsilon, Tensor x, Tensor... weights) {
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException(name + ": expected ε of 0 or more, found " + epsilon);
    }
    if (x.shape().rank() == 0 || channels(x) == 0) {
      throw new IllegalArgumentException(
          name + ": expected features in the last dimension, found shape " + x.shape());
    }
    for (Tensor weight : weights) {
      if (!weight.shape().equals(Shape.of(channels(x)))) {
        throw new IllegalArgumentException(
            "%s: expected γ and β of [%d], a number a channel, found %s"
                .formatted(name, channels(x), weight.shape()));
      }
    }
  }
}
