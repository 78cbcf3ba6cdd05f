package dev.thalweg.formula;

import dev.thalweg.kernels.Float64Functions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a node of an [Expression] does with its inputs, and [#apply] how: the meaning of the
/// language, to which every loop made from an expression must come to the bit.
///
/// Elementary functions are those of [StrictMath] and [Float64Functions], the same bits on every
/// machine.
public enum Operator {
  /// A constant.
  NUMBER("number", 0, Kind.LEAF),
  /// A name.
  VARIABLE("variable", 0, Kind.LEAF),

  /// x + y
  ADD("+", 2, Kind.OPERATOR),
  /// x − y
  SUBTRACT("-", 2, Kind.OPERATOR),
  /// x y
  MULTIPLY("*", 2, Kind.OPERATOR),
  /// x / y
  DIVIDE("/", 2, Kind.OPERATOR),
  /// −x
  NEGATE("-", 1, Kind.OPERATOR),
  /// xʸ, see [#power]
  POWER("^", 2, Kind.OPERATOR),

  /// √x
  SQRT("sqrt", 1, Kind.FUNCTION),
  /// eˣ
  EXP("exp", 1, Kind.FUNCTION),
  /// The natural logarithm.
  LOG("log", 1, Kind.FUNCTION),
  /// |x|
  ABS("abs", 1, Kind.FUNCTION),
  /// −1, 0 (of the sign of x) or 1; NaN of NaN
  SIGN("sign", 1, Kind.FUNCTION),
  /// sin x
  SIN("sin", 1, Kind.FUNCTION),
  /// cos x
  COS("cos", 1, Kind.FUNCTION),
  /// tan x
  TAN("tan", 1, Kind.FUNCTION),
  /// The arc sine, in [−π/2, π/2].
  ASIN("asin", 1, Kind.FUNCTION),
  /// The arc cosine, in [0, π].
  ACOS("acos", 1, Kind.FUNCTION),
  /// The arc tangent, in [−π/2, π/2].
  ATAN("atan", 1, Kind.FUNCTION),
  /// The hyperbolic sine.
  SINH("sinh", 1, Kind.FUNCTION),
  /// The hyperbolic cosine.
  COSH("cosh", 1, Kind.FUNCTION),
  /// The hyperbolic tangent.
  TANH("tanh", 1, Kind.FUNCTION),
  /// log(1 + x)
  LOG1P("log1p", 1, Kind.FUNCTION),
  /// eˣ − 1
  EXPM1("expm1", 1, Kind.FUNCTION),
  /// 1 / (1 + e⁻ˣ)
  SIGMOID("sigmoid", 1, Kind.FUNCTION),
  /// log(1 + eˣ), without overflow
  SOFTPLUS("softplus", 1, Kind.FUNCTION),
  /// 2/√π ∫₀ˣ exp(−t²) dt
  ERF("erf", 1, Kind.FUNCTION),
  /// max(x, 0); NaN of NaN
  RELU("relu", 1, Kind.FUNCTION),
  /// 1 where x > 0, else 0: the derivative of [#RELU]
  STEP("step", 1, Kind.FUNCTION),
  /// The largest whole number ≤ x.
  FLOOR("floor", 1, Kind.FUNCTION),
  /// The larger; NaN if either is.
  MAXIMUM("max", 2, Kind.FUNCTION),
  /// The smaller; NaN if either is.
  MINIMUM("min", 2, Kind.FUNCTION),

  /// 1 where x < y, else 0; as all comparisons but [#NOT_EQUAL] 0 where either is NaN
  LESS("<", 2, Kind.COMPARISON),
  /// 1 where x ≤ y, else 0
  LESS_OR_EQUAL("<=", 2, Kind.COMPARISON),
  /// 1 where x > y, else 0
  GREATER(">", 2, Kind.COMPARISON),
  /// 1 where x ≥ y, else 0
  GREATER_OR_EQUAL(">=", 2, Kind.COMPARISON),
  /// 1 where x = y, else 0
  EQUAL("==", 2, Kind.COMPARISON),
  /// 0 where x = y, else 1
  NOT_EQUAL("!=", 2, Kind.COMPARISON),
  /// y where x ≠ 0, else z; whatever the other is, NaN included
  SELECT("where", 3, Kind.FUNCTION),

  /// √Σx² over one array.
  NORM("norm", 1, Kind.REDUCTION),
  /// Σx over one array.
  SUM("sum", 1, Kind.REDUCTION),
  /// The mean over one array.
  MEAN("mean", 1, Kind.REDUCTION),
  /// The largest |x| in one array.
  MAX_NORM("max_norm", 1, Kind.REDUCTION),
  /// √Σx² over all arrays together.
  GLOBAL_NORM("global_norm", 1, Kind.REDUCTION),
  /// Σx over all arrays together.
  GLOBAL_SUM("global_sum", 1, Kind.REDUCTION),
  /// The mean over all arrays together.
  GLOBAL_MEAN("global_mean", 1, Kind.REDUCTION),
  /// The largest |x| in all arrays together.
  GLOBAL_MAX_NORM("global_max_norm", 1, Kind.REDUCTION),

  /// A function of whole arrays, an [ArrayOperator], of as many inputs as that has.
  ARRAY("a function of arrays", 0, Kind.ARRAY);

  /// How an operation is written and what it needs.
  enum Kind {
    LEAF,
    OPERATOR,
    FUNCTION,
    COMPARISON,
    REDUCTION,
    ARRAY
  }

  /// All constants, without the copy that `values()` makes.
  private static final List<Operator> ALL = List.of(values());

  private static final Map<String, Operator> CALLED = called();

  private final String text;
  private final int arity;
  private final Kind kind;

  Operator(String text, int arity, Kind kind) {
    this.text = text;
    this.arity = arity;
    this.kind = kind;
  }

  private static Map<String, Operator> called() {
    Map<String, Operator> called = new LinkedHashMap<>();
    for (Operator operation : ALL) {
      if (operation.kind == Kind.FUNCTION || operation.kind == Kind.REDUCTION) {
        called.put(operation.text, operation);
      }
    }
    return Map.copyOf(called);
  }

  static List<Operator> all() {
    return ALL;
  }

  /// How it is written: `+`, `sqrt`.
  public String text() {
    return text;
  }

  /// The number of inputs: 0, 1, 2 or 3; of [#ARRAY] its [ArrayOperator] has it.
  public int arity() {
    return arity;
  }

  /// Whether it is one of `<`, `<=`, `>`, `>=`, `==`, `!=`.
  public boolean isComparison() {
    return kind == Kind.COMPARISON;
  }

  /// Whether it makes one number of a whole array: a pass over the data ends here.
  public boolean isReduction() {
    return kind == Kind.REDUCTION;
  }

  /// Whether it runs over all arrays of a run, not over one.
  public boolean isGlobal() {
    return this == GLOBAL_NORM
        || this == GLOBAL_SUM
        || this == GLOBAL_MEAN
        || this == GLOBAL_MAX_NORM;
  }

  Kind kind() {
    return kind;
  }

  /// The function of this name, if there is one.
  static @Nullable Operator called(String name) {
    return CALLED.get(name);
  }

  static List<String> functionNames() {
    var names = new ArrayList<String>();
    for (Operator operation : ALL) {
      if (CALLED.containsKey(operation.text)) {
        names.add(operation.text);
      }
    }
    return List.copyOf(names);
  }

  /// The value of the operation at one, two or three numbers; those beyond its arity mean nothing.
  /// A reduction is taken over one number alone.
  ///
  /// @throws IllegalStateException for [#NUMBER] and [#VARIABLE], which have no inputs, and for
  ///   [#ARRAY], which is about arrays
  public double apply(double x, double y, double z) {
    return switch (this) {
      case NUMBER, VARIABLE -> throw new IllegalStateException(text + " has no inputs");
      case ARRAY -> throw new IllegalStateException(text + " has no value at a number");
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case NEGATE -> -x;
      case POWER -> power(x, y);
      case SQRT -> Math.sqrt(x);
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
      case ABS, NORM, MAX_NORM, GLOBAL_NORM, GLOBAL_MAX_NORM -> Math.abs(x);
      case SIGN -> x > 0 ? 1 : x < 0 ? -1 : x;
      case SIN -> StrictMath.sin(x);
      case COS -> StrictMath.cos(x);
      case TAN -> StrictMath.tan(x);
      case ASIN -> StrictMath.asin(x);
      case ACOS -> StrictMath.acos(x);
      case ATAN -> StrictMath.atan(x);
      case SINH -> StrictMath.sinh(x);
      case COSH -> StrictMath.cosh(x);
      case TANH -> StrictMath.tanh(x);
      case LOG1P -> StrictMath.log1p(x);
      case EXPM1 -> StrictMath.expm1(x);
      case SIGMOID -> Float64Functions.sigmoid(x);
      case SOFTPLUS -> Float64Functions.softplus(x);
      case ERF -> Float64Functions.erf(x);
      case RELU -> Math.max(x, 0);
      case STEP -> x > 0 ? 1 : 0;
      case FLOOR -> Math.floor(x);
      case MAXIMUM -> Math.max(x, y);
      case MINIMUM -> Math.min(x, y);
      case LESS -> x < y ? 1 : 0;
      case LESS_OR_EQUAL -> x <= y ? 1 : 0;
      case GREATER -> x > y ? 1 : 0;
      case GREATER_OR_EQUAL -> x >= y ? 1 : 0;
      case EQUAL -> x == y ? 1 : 0;
      case NOT_EQUAL -> x != y ? 1 : 0;
      case SELECT -> x != 0 ? y : z;
      case SUM, MEAN, GLOBAL_SUM, GLOBAL_MEAN -> x;
    };
  }

  /// xʸ: x x, x x x and (x x)(x x) for y = 2, 3, 4; 1/x, 1/(x x) for y = −1, −2; √x for y = ½; 1/√x
  /// for y = −½; [StrictMath#pow] for all others. So a loop may multiply where the exponent is
  /// written down, and gives the bits of one where it is not.
  public static double power(double x, double y) {
    if (y == 2) {
      return x * x;
    }
    if (y == 3) {
      return x * x * x;
    }
    if (y == 4) {
      double square = x * x;
      return square * square;
    }
    if (y == 0.5) {
      return Math.sqrt(x);
    }
    if (y == -1) {
      return 1 / x;
    }
    if (y == -2) {
      return 1 / (x * x);
    }
    if (y == -0.5) {
      return 1 / Math.sqrt(x);
    }
    return StrictMath.pow(x, y);
  }
}
