package dev.thalweg.nn;

import dev.thalweg.tensor.Tensor;
import java.util.Locale;

/// Functions that a layer applies to what it computes, element by element.
public enum Activation {
  /// x
  LINEAR,
  /// max(x, 0)
  RELU,
  /// (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)
  TANH,
  /// 1 / (1 + e⁻ˣ)
  SIGMOID,
  /// x Φ(x), the exact form
  GELU,
  /// log(1 + eˣ)
  SOFTPLUS,
  /// x / (1 + e⁻ˣ), also called swish
  SILU;

  /// The function of each element.
  public Tensor apply(Tensor x) {
    return switch (this) {
      case LINEAR -> x;
      case RELU -> x.relu();
      case TANH -> x.tanh();
      case SIGMOID -> x.sigmoid();
      case GELU -> x.gelu();
      case SOFTPLUS -> x.softplus();
      case SILU -> x.times(x.sigmoid());
    };
  }

  /// How weights before this function are drawn unless something else is asked for: He's uniform
  /// where half of the values are cut off, Glorot's uniform elsewhere.
  public Initializer initializer() {
    return switch (this) {
      case RELU, GELU, SILU -> Initializer.HE_UNIFORM;
      case LINEAR, TANH, SIGMOID, SOFTPLUS -> Initializer.GLOROT_UNIFORM;
    };
  }

  /// The name in lower case, as it is written in model texts.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
