package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.Float32Functions;
import dev.thalweg.kernels.Float64Functions;
import java.util.List;

/// A value that a loop computes for each element: an operation and the nodes that it takes.
///
/// Nodes make a graph without cycles. A node is equal only to itself and is computed once an
/// element, however often it is used. Every operation rounds once to the precision of the loop, F32
/// or F64, and gives the same bits on every machine.
///
/// A plain class, where records under a sealed interface would read better: their `hashCode` and
/// the pattern switches over them are linked at first use, which takes tens of milliseconds in a
/// new process.
public final class LoopNode {

  /// What a node does with its inputs.
  public enum Operation {
    /// The current element of array [LoopNode#index].
    ARRAY(0),
    /// Number [LoopNode#index] of the step, the same for all elements.
    SCALAR(0),
    /// [LoopNode#constant]; rounded to float in F32, where ±[Double#MAX_VALUE] is
    /// ±[Float#MAX_VALUE]: the largest number of either.
    CONSTANT(0),
    /// x + y
    ADD(2),
    /// x − y
    SUBTRACT(2),
    /// x y
    MULTIPLY(2),
    /// x / y
    DIVIDE(2),
    /// −x
    NEGATE(1),
    /// |x|
    ABS(1),
    /// √x
    SQRT(1),
    /// The larger; NaN if either is; +0 is larger than −0
    MAXIMUM(2),
    /// The smaller; NaN if either is; −0 is smaller than +0
    MINIMUM(2),
    /// −1, 0 (of the sign of x) or 1; NaN of NaN
    SIGN(1),
    /// 1 where x > 0, else 0, also of NaN
    STEP(1),
    /// The greatest whole number ≤ x
    FLOOR(1),
    /// eˣ
    EXP(1),
    /// eˣ − 1
    EXPM1(1),
    /// The natural logarithm
    LOG(1),
    /// log(1 + x)
    LOG1P(1),
    /// sin x
    SIN(1),
    /// cos x
    COS(1),
    /// tan x
    TAN(1),
    /// arcsin x
    ASIN(1),
    /// arccos x
    ACOS(1),
    /// arctan x
    ATAN(1),
    /// sinh x
    SINH(1),
    /// cosh x
    COSH(1),
    /// tanh x
    TANH(1),
    /// 1 / (1 + e⁻ˣ)
    SIGMOID(1),
    /// log(1 + eˣ)
    SOFTPLUS(1),
    /// 2/√π ∫₀ˣ exp(−t²) dt
    ERF(1),
    /// xʸ
    POWER(2),
    /// 1 where x < y, else 0, also where either is NaN
    LESS(2),
    /// 1 where x ≤ y, else 0, also where either is NaN
    LESS_OR_EQUAL(2),
    /// 1 where x = y, else 0, also where either is NaN; −0 = +0
    EQUAL(2),
    /// The second input where the first is not 0, else the third
    SELECT(3);

    private final int inputs;

    Operation(int inputs) {
      this.inputs = inputs;
    }

    /// How many inputs it takes.
    public int inputs() {
      return inputs;
    }

    /// The value in F32; numbers beyond its inputs mean nothing.
    float apply(float x, float y, float z) {
      return switch (this) {
        case ADD -> x + y;
        case SUBTRACT -> x - y;
        case MULTIPLY -> x * y;
        case DIVIDE -> x / y;
        case EXP -> Float32Functions.exp(x);
        case LOG -> Float32Functions.log(x);
        case LOG1P -> Float32Functions.log1p(x);
        case TANH -> Float32Functions.tanh(x);
        case SIGMOID -> Float32Functions.sigmoid(x);
        case SOFTPLUS -> Float32Functions.softplus(x);
        case ERF -> Float32Functions.erf(x);
        default -> (float) apply((double) x, y, z);
      };
    }

    /// The value in F64.
    double apply(double x, double y, double z) {
      return switch (this) {
        case ARRAY, SCALAR, CONSTANT -> throw new IllegalStateException(name());
        case ADD -> x + y;
        case SUBTRACT -> x - y;
        case MULTIPLY -> x * y;
        case DIVIDE -> x / y;
        case NEGATE -> -x;
        case ABS -> Math.abs(x);
        case SQRT -> Math.sqrt(x);
        case MAXIMUM -> Math.max(x, y);
        case MINIMUM -> Math.min(x, y);
        case SIGN -> Math.signum(x);
        case STEP -> x > 0 ? 1 : 0;
        case FLOOR -> Math.floor(x);
        case EXP -> StrictMath.exp(x);
        case EXPM1 -> StrictMath.expm1(x);
        case LOG -> StrictMath.log(x);
        case LOG1P -> StrictMath.log1p(x);
        case SIN -> StrictMath.sin(x);
        case COS -> StrictMath.cos(x);
        case TAN -> StrictMath.tan(x);
        case ASIN -> StrictMath.asin(x);
        case ACOS -> StrictMath.acos(x);
        case ATAN -> StrictMath.atan(x);
        case SINH -> StrictMath.sinh(x);
        case COSH -> StrictMath.cosh(x);
        case TANH -> StrictMath.tanh(x);
        case SIGMOID -> Float64Functions.sigmoid(x);
        case SOFTPLUS -> Float64Functions.softplus(x);
        case ERF -> Float64Functions.erf(x);
        case POWER -> StrictMath.pow(x, y);
        case LESS -> x < y ? 1 : 0;
        case LESS_OR_EQUAL -> x <= y ? 1 : 0;
        case EQUAL -> x == y ? 1 : 0;
        case SELECT -> x != 0 ? y : z;
      };
    }
  }

  private final Operation operation;
  private final List<LoopNode> inputs;
  private final int index;
  private final double constant;
  private final int line;

  private LoopNode(
      Operation operation, List<LoopNode> inputs, int index, double constant, int line) {
    this.operation = operation;
    this.inputs = inputs;
    this.index = index;
    this.constant = constant;
    this.line = line;
  }

  /// The current element of array `index`.
  ///
  /// @throws IllegalArgumentException if it is negative
  public static LoopNode array(int index) {
    return new LoopNode(Operation.ARRAY, List.of(), checked("array", index), 0, 0);
  }

  /// Number `index` of the step.
  ///
  /// @throws IllegalArgumentException if it is negative
  public static LoopNode scalar(int index) {
    return new LoopNode(Operation.SCALAR, List.of(), checked("scalar", index), 0, 0);
  }

  /// A constant.
  public static LoopNode constant(double value) {
    return new LoopNode(Operation.CONSTANT, List.of(), 0, value, 0);
  }

  /// A constant in F32.
  static float rounded(double constant) {
    return Math.abs(constant) == Double.MAX_VALUE
        ? Math.copySign(Float.MAX_VALUE, (float) constant)
        : (float) constant;
  }

  /// An operation on other nodes.
  ///
  /// @throws IllegalArgumentException if it takes another number of inputs, or is one of a leaf
  public static LoopNode of(Operation operation, LoopNode... inputs) {
    if (operation.inputs == 0 || inputs.length != operation.inputs) {
      throw new IllegalArgumentException(
          operation
              + ": expected "
              + (operation.inputs == 0 ? "array, scalar or constant" : operation.inputs + " inputs")
              + ", found "
              + inputs.length);
    }
    return new LoopNode(operation, List.of(inputs), 0, 0, 0);
  }

  /// The same as a node of its own that comes from a line of some text, for the line numbers of
  /// [LoopCompiler#classFile].
  ///
  /// @param line counted from 1; 0 for none
  /// @throws IllegalArgumentException if it is negative or above 65,535
  public LoopNode atLine(int line) {
    if (line < 0 || line > 0xffff) {
      throw new IllegalArgumentException("line: expected 0 to 65,535, found " + line);
    }
    return new LoopNode(operation, inputs, index, constant, line);
  }

  /// What it does.
  public Operation operation() {
    return operation;
  }

  /// What it does it with.
  public List<LoopNode> inputs() {
    return inputs;
  }

  /// Which array or scalar, for these two operations; else 0.
  public int index() {
    return index;
  }

  /// The value, for a constant; else 0.
  public double constant() {
    return constant;
  }

  /// The line that it comes from, or 0.
  public int line() {
    return line;
  }

  private static int checked(String what, int index) {
    if (index < 0) {
      throw new IllegalArgumentException(what + ": expected 0 or more, found " + index);
    }
    return index;
  }
}
