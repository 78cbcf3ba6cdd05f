package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Gelu;

/// GELU in F32 where gradients will be asked for: the slope is kept from the forward pass, which
/// has the error function that it is made of.
final class GeluWithSlope extends Operation {
  private static final double ONE_OVER_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

  private final Tensor slope;

  private GeluWithSlope(Tensor x, Tensor slope) {
    super("gelu", x);
    this.slope = slope;
  }

  static Tensor of(Tensor x) {
    Tensor slope = Tensor.empty(DType.F32, x.shape());
    Tensor y = new GeluWithSlope(x, slope).result(DType.F32, x.shape());
    Gelu.forward(engine(), x.floats(), y.floats(), slope.floats(), x.size());
    return y;
  }

  @Override
  protected void backward(Tensor y, Tensor g, Wanted by) {
    by.add(0, recording() ? g.times(derivative(input(0))) : product(g));
  }

  /// As it is made for gradients, without negligible numbers.
  private Tensor product(Tensor g) {
    Tensor part = Tensor.empty(DType.F32, g.shape());
    part.hasNothingNegligible();
    Gelu.back(engine(), slope.floats(), g.floats(), part.floats(), g.size());
    return part;
  }

  /// Φ(x) + x φ(x)
  static Tensor derivative(Tensor x) {
    Tensor distribution = x.times(Math.sqrt(0.5)).erf().plus(1).times(0.5);
    Tensor density = x.square().times(-0.5).exp().times(ONE_OVER_SQRT_TWO_PI);
    return distribution.plus(x.times(density));
  }
}
