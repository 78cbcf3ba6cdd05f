package dev.thalweg.nn;

import dev.thalweg.formula.Call;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Philox;
import dev.thalweg.nn.VarianceScaling.Distribution;
import dev.thalweg.nn.VarianceScaling.Mode;
import dev.thalweg.tensor.Shape;

/// How the first values of weights are drawn. A lambda is one; what is drawn must be a function of
/// its arguments.
///
/// | text | values |
/// |---|---|
/// | `glorot_uniform`, `glorot_normal`, `glorot_truncated_normal` | variance 2 / (i + o) |
/// | `he_uniform`, `he_normal`, `he_truncated_normal` | variance 2 / i |
/// | `lecun_uniform`, `lecun_normal`, `lecun_truncated_normal` | variance 1 / i |
/// | `variance_scaling(scale, mode, distribution)` | variance scale / fan |
/// | `orthogonal(gain=1)` | orthonormal rows or columns |
/// | `uniform(low, high)`, `normal(mean, std)` | as it says |
/// | `zeros`, `ones`, `constant(value)` | as it says |
///
/// i is the fan-in, o the fan-out. Every parameter of a network draws from a stream of its own, a
/// function of (seed, number of the parameter): a layer's weights don't depend on the sizes of
/// others.
@FunctionalInterface
public interface Initializer {

  /// The first values of a parameter.
  ///
  /// @param shape of the parameter; for weights the last dimension is that of the outputs
  /// @param random drawn from index 0 on
  float[] draw(Shape shape, int fanIn, int fanOut, Philox random);

  /// Uniform on ±√(6/(fanIn + fanOut)): Glorot and Bengio 2010, Keras' `glorot_uniform`, PyTorch's
  /// `xavier_uniform_`.
  Initializer GLOROT_UNIFORM = new VarianceScaling(1, Mode.FAN_AVERAGE, Distribution.UNIFORM);

  /// Normal with standard deviation √(2/(fanIn + fanOut)): PyTorch's `xavier_normal_`. Keras'
  /// `glorot_normal` is [#GLOROT_TRUNCATED_NORMAL].
  Initializer GLOROT_NORMAL = new VarianceScaling(1, Mode.FAN_AVERAGE, Distribution.NORMAL);

  /// The variance 2/(fanIn + fanOut) from a normal distribution cut off at two standard deviations:
  /// Keras' `glorot_normal`.
  Initializer GLOROT_TRUNCATED_NORMAL =
      new VarianceScaling(1, Mode.FAN_AVERAGE, Distribution.TRUNCATED_NORMAL);

  /// Uniform on ±√(6/fanIn): He et al. 2015, Keras' `he_uniform`, PyTorch's
  /// `kaiming_uniform_(a=0)`.
  Initializer HE_UNIFORM = new VarianceScaling(2, Mode.FAN_IN, Distribution.UNIFORM);

  /// Normal with standard deviation √(2/fanIn): PyTorch's `kaiming_normal_(a=0)`. Keras'
  /// `he_normal` is [#HE_TRUNCATED_NORMAL].
  Initializer HE_NORMAL = new VarianceScaling(2, Mode.FAN_IN, Distribution.NORMAL);

  /// The variance 2/fanIn from a normal distribution cut off at two standard deviations: Keras'
  /// `he_normal`.
  Initializer HE_TRUNCATED_NORMAL =
      new VarianceScaling(2, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);

  /// Uniform on ±√(3/fanIn): LeCun et al. 1998, Keras' `lecun_uniform`.
  Initializer LECUN_UNIFORM = new VarianceScaling(1, Mode.FAN_IN, Distribution.UNIFORM);

  /// Normal with standard deviation √(1/fanIn). Keras' `lecun_normal` is [#LECUN_TRUNCATED_NORMAL].
  Initializer LECUN_NORMAL = new VarianceScaling(1, Mode.FAN_IN, Distribution.NORMAL);

  /// The variance 1/fanIn from a normal distribution cut off at two standard deviations: Keras'
  /// `lecun_normal`.
  Initializer LECUN_TRUNCATED_NORMAL =
      new VarianceScaling(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);

  /// Orthonormal rows or columns; see [Orthogonal].
  Initializer ORTHOGONAL = new Orthogonal(1);

  /// All 0.
  Initializer ZEROS = new Constant(0);

  /// All 1.
  Initializer ONES = new Constant(1);

  /// All the same.
  ///
  /// @throws IllegalArgumentException if it is not a finite float
  static Initializer constant(double value) {
    return new Constant(value);
  }

  /// Uniform on [low, high).
  ///
  /// @throws IllegalArgumentException if they are not finite and in this order
  static Initializer uniform(double low, double high) {
    return new Uniform(low, high);
  }

  /// Normal.
  ///
  /// @throws IllegalArgumentException if they are not finite, or the standard deviation is negative
  static Initializer normal(double mean, double std) {
    return new Normal(mean, std);
  }

  /// Reads an initializer's text: `he_normal`, `constant(0.1)`, `orthogonal(gain=1.4)`.
  ///
  /// @throws IllegalArgumentException with the nearest known name, or a caret under what is wrong
  static Initializer parse(String text) {
    NotNull.check(text, "text");
    return Initializers.parse(Call.parse(text));
  }
}
