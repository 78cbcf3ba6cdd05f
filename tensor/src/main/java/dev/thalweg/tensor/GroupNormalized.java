package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.GroupNorm;
import java.util.Arrays;

/// Normalisation of channels in groups, over the pixels of a sample or of all samples: of x, and γ
/// and β where there are any.
final class GroupNormalized extends Fused {

  private static final float[] NONE = new float[0];

  private final GroupNorm norm;
  private final double epsilon;

  /// Of each block of pixels and group; filled forward.
  private final Tensor mean;

  private final Tensor variance;

  private GroupNormalized(String name, GroupNorm norm, double epsilon, Tensor... inputs) {
    super(name, inputs);
    this.norm = norm;
    this.epsilon = epsilon;
    mean = Tensor.empty(DType.F32, Shape.of(norm.statistics()));
    variance = Tensor.empty(DType.F32, Shape.of(norm.statistics()));
  }

  /// @param bySample whether each sample is normalised by itself
  static GroupNormalized of(
      String name, boolean bySample, int groups, double epsilon, Tensor x, Tensor... weights) {
    Normalization.check(name, epsilon, x, weights);
    Shape shape = x.shape();
    int channels = shape.columns();
    int blocks = bySample && shape.rank() > 1 ? shape.dimension(0) : 1;
    if (groups < 1 || channels % groups != 0 || x.size() == 0) {
      throw new IllegalArgumentException(
          "%s: expected groups that divide %d channels, and samples, found %d groups and shape %s"
              .formatted(name, channels, groups, shape));
    }
    Tensor[] inputs = new Tensor[weights.length + 1];
    inputs[0] = x;
    System.arraycopy(weights, 0, inputs, 1, weights.length);
    GroupNorm norm = new GroupNorm(blocks, x.size() / channels / blocks, channels, groups);
    return new GroupNormalized(name, norm, epsilon, inputs);
  }

  Tensor result() {
    return result(input(0).shape());
  }

  /// The means, once the result is there; in F32.
  Tensor mean() {
    return mean;
  }

  /// The biased variances, once the result is there; in F32.
  Tensor variance() {
    return variance;
  }

  @Override
  protected Tensor composed(Tensor... x) {
    int own = norm.columns() / norm.groups();
    Tensor t = x[0].reshape(norm.blocks(), norm.rows(), norm.groups(), own);
    Tensor centred = t.minus(means(t));
    Tensor scaled = centred.div(means(centred.square()).plus(epsilon).sqrt());
    return RowNormalized.affine(scaled.reshape(x[0].dimensions()), x);
  }

  /// Over the pixels and channels of each group, repeated by broadcasting.
  private Tensor means(Tensor t) {
    return t.mean(3).mean(1).reshape(norm.blocks(), 1, norm.groups(), 1);
  }

  private float[] weights(int input) {
    return inputs() > input ? input(input).floats() : NONE;
  }

  @Override
  protected void forward(Engine engine, Tensor y) {
    float[] x = input(0).floats();
    float[] means = mean.floats();
    float[] variances = variance.floats();
    norm.moments(engine, x, 0, means, 0, variances, 0);
    norm.apply(
        engine, x, 0, means, 0, variances, 0, epsilon, weights(1), 0, weights(2), 0, y.floats(), 0);
  }

  @Override
  protected void back(Engine engine, Tensor y, Tensor g, Wanted by) {
    Tensor[] parts = new Tensor[inputs()];
    Arrays.setAll(parts, i -> Tensor.empty(DType.F32, input(i).shape()));
    norm.back(
        engine,
        input(0).floats(),
        0,
        g.floats(),
        0,
        mean.floats(),
        0,
        variance.floats(),
        0,
        epsilon,
        weights(1),
        0,
        parts[0].floats(),
        0,
        parts.length > 1 ? parts[1].floats() : NONE,
        0,
        parts.length > 2 ? parts[2].floats() : NONE,
        0);
    for (int i = 0; i < parts.length; i++) {
      by.add(i, parts[i]);
    }
  }
}
