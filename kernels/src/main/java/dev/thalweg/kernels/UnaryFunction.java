package dev.thalweg.kernels;

/// Functions of one number that kernels map over arrays.
public enum UnaryFunction {
  /// −x
  NEGATE,
  /// |x|
  ABS,
  /// −1, 0 (of the sign of x) or 1; NaN of NaN
  SIGN,
  /// 1 where x > 0, else 0: the derivative of [#RELU]
  STEP,
  /// x²
  SQUARE,
  /// √x
  SQRT,
  /// 1/x
  RECIPROCAL,
  /// eˣ
  EXP,
  /// The natural logarithm
  LOG,
  /// log(1 + x)
  LOG1P,
  /// The hyperbolic tangent
  TANH,
  /// 1 / (1 + e⁻ˣ)
  SIGMOID,
  /// log(1 + eˣ), without overflow
  SOFTPLUS,
  /// 2/√π ∫₀ˣ exp(−t²) dt
  ERF,
  /// x Φ(x) = x (1 + erf(x/√2)) / 2, the exact form
  GELU,
  /// max(x, 0); NaN of NaN
  RELU,
  /// sin x
  SIN,
  /// cos x
  COS;

  /// Whether a value costs tens of operations.
  boolean isCostly() {
    return switch (this) {
      case NEGATE, ABS, SIGN, STEP, SQUARE, SQRT, RECIPROCAL, RELU -> false;
      default -> true;
    };
  }
}
