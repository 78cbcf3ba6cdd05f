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

  /// Its value in F32: by [Float32Functions] where that has it.
  public float apply(float x) {
    return switch (this) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Float32Functions.sign(x);
      case STEP -> x > 0f ? 1f : 0f;
      case SQUARE -> x * x;
      case SQRT -> (float) Math.sqrt(x);
      case RECIPROCAL -> 1f / x;
      case EXP -> Float32Functions.exp(x);
      case LOG -> Float32Functions.log(x);
      case LOG1P -> Float32Functions.log1p(x);
      case TANH -> Float32Functions.tanh(x);
      case SIGMOID -> Float32Functions.sigmoid(x);
      case SOFTPLUS -> Float32Functions.softplus(x);
      case ERF -> Float32Functions.erf(x);
      case GELU -> Float32Functions.gelu(x);
      case RELU -> Math.max(x, 0f);
      case SIN -> (float) StrictMath.sin(x);
      case COS -> (float) StrictMath.cos(x);
    };
  }

  /// Its value in F64: by [StrictMath], or [Float64Functions].
  public double apply(double x) {
    return switch (this) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> x > 0 ? 1 : x < 0 ? -1 : x;
      case STEP -> x > 0 ? 1 : 0;
      case SQUARE -> x * x;
      case SQRT -> Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
      case LOG1P -> StrictMath.log1p(x);
      case TANH -> StrictMath.tanh(x);
      case SIGMOID -> Float64Functions.sigmoid(x);
      case SOFTPLUS -> Float64Functions.softplus(x);
      case ERF -> Float64Functions.erf(x);
      case GELU -> Float64Functions.gelu(x);
      case RELU -> Math.max(x, 0);
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
    };
  }
}
