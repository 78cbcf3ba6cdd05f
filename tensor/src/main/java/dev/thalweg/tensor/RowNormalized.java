package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.RowNorm;
import java.util.Arrays;

/// Layer and RMS normalisation, of x, and γ and β where there are any.
final class RowNormalized extends Fused {

  private static final float[] NONE = new float[0];

  private final RowNorm norm;
  private final double epsilon;

  /// Of each row; filled forward.
  private final Tensor mean;

  private final Tensor inverse;

  private RowNormalized(String name, RowNorm norm, double epsilon, Tensor... inputs) {
    super(name, inputs);
    this.norm = norm;
    this.epsilon = epsilon;
    mean = Tensor.empty(DType.F32, Shape.of(norm.rows()));
    inverse = Tensor.empty(DType.F32, Shape.of(norm.rows()));
  }

  static Tensor of(String name, boolean centred, double epsilon, Tensor x, Tensor... weights) {
    Normalization.check(name, epsilon, x, weights);
    Tensor[] inputs = new Tensor[weights.length + 1];
    inputs[0] = x;
    System.arraycopy(weights, 0, inputs, 1, weights.length);
    RowNorm norm = new RowNorm(x.shape().rows(), x.shape().columns(), centred);
    return new RowNormalized(name, norm, epsilon, inputs).result(x.shape());
  }

  @Override
  protected Tensor composed(Tensor... x) {
    Tensor t = x[0];
    if (norm.centred()) {
      t = t.minus(t.mean(-1).unsqueeze(-1));
    }
    Tensor square = t.square().mean(-1).unsqueeze(-1);
    return affine(t.div(square.plus(epsilon).sqrt()), x);
  }

  /// γ t + β
  static Tensor affine(Tensor t, Tensor... x) {
    Tensor y = x.length > 1 ? t.times(x[1]) : t;
    return x.length > 2 ? y.plus(x[2]) : y;
  }

  private float[] weights(int input) {
    return inputs() > input ? input(input).floats() : NONE;
  }

  @Override
  protected void forward(Engine engine, Tensor y) {
    norm.forward(
        engine,
        input(0).floats(),
        0,
        epsilon,
        weights(1),
        0,
        weights(2),
        0,
        y.floats(),
        0,
        mean.floats(),
        0,
        inverse.floats(),
        0);
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
        inverse.floats(),
        0,
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
