package dev.thalweg.tensor;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.UnaryFunction;
import org.jspecify.annotations.Nullable;

/// Operations element by element, with their derivatives.
///
/// Each has its [#formula] as text. What runs are the kernels of the engine, which are vector code,
/// and products made of kernels, which need no compiling; a test holds both to what an
/// [ElementFunction] makes of the formula.
final class Elementwise {

  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  private Elementwise() {}

  // ---- one input

  static Tensor unary(UnaryFunction f, Tensor x) {
    if (f == UnaryFunction.GELU && x.dtype() == DType.F32 && Operation.recording()) {
      return GeluWithSlope.of(x);
    }
    Tensor y = new Unary(f, x).result(x.dtype(), x.shape());
    Engine engine = Context.current().engine();
    if (x.dtype() == DType.F32) {
      engine.map(f, x.floats(), 0, y.floats(), 0, x.size());
    } else {
      engine.map(f, x.doubles(), 0, y.doubles(), 0, x.size());
    }
    return y;
  }

  /// The function as a formula of `x`.
  static String formula(UnaryFunction f) {
    return switch (f) {
      case NEGATE -> "-x";
      case ABS -> "abs(x)";
      case SIGN -> "sign(x)";
      case STEP -> "step(x)";
      case SQUARE -> "x^2";
      case SQRT -> "sqrt(x)";
      case RECIPROCAL -> "1 / x";
      case EXP -> "exp(x)";
      case LOG -> "log(x)";
      case LOG1P -> "log1p(x)";
      case TANH -> "tanh(x)";
      case SIGMOID -> "sigmoid(x)";
      case SOFTPLUS -> "softplus(x)";
      case ERF -> "erf(x)";
      case GELU -> "x * (1 + erf(x / sqrt(2))) / 2";
      case RELU -> "relu(x)";
      case SIN -> "sin(x)";
      case COS -> "cos(x)";
    };
  }

  private static String name(UnaryFunction f) {
    return switch (f) {
      case NEGATE -> "negate";
      case ABS -> "abs";
      case SIGN -> "sign";
      case STEP -> "step";
      case SQUARE -> "square";
      case SQRT -> "sqrt";
      case RECIPROCAL -> "reciprocal";
      case EXP -> "exp";
      case LOG -> "log";
      case LOG1P -> "log1p";
      case TANH -> "tanh";
      case SIGMOID -> "sigmoid";
      case SOFTPLUS -> "softplus";
      case ERF -> "erf";
      case GELU -> "gelu";
      case RELU -> "relu";
      case SIN -> "sin";
      case COS -> "cos";
    };
  }

  private static final class Unary extends Operation {
    private final UnaryFunction f;

    Unary(UnaryFunction f, Tensor x) {
      super(Elementwise.name(f), x);
      this.f = f;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      Tensor part = product(y, g);
      if (part != null) {
        by.add(0, part);
      }
    }

    private @Nullable Tensor product(Tensor y, Tensor g) {
      Tensor x = input(0);
      return switch (f) {
        case NEGATE -> g.negate();
        case ABS -> y.gate(g).times(x.sign());
        case SIGN, STEP -> null;
        case SQUARE -> g.times(x).times(2);
        case SQRT -> g.div(y).times(0.5);
        case RECIPROCAL -> g.times(y.square()).negate();
        case EXP -> g.times(y);
        case LOG -> g.div(x);
        case LOG1P -> g.div(x.plus(1));
        case TANH -> g.minus(g.times(y.square()));
        case SIGMOID -> g.times(y.minus(y.square()));
        case SOFTPLUS -> g.times(x.sigmoid());
        case ERF -> g.times(x.square().negate().exp()).times(TWO_OVER_SQRT_PI);
        case GELU -> g.times(GeluWithSlope.derivative(x));
        case RELU -> y.gate(g);
        case SIN -> g.times(x.cos());
        case COS -> g.times(x.sin()).negate();
      };
    }
  }

  static Tensor pow(Tensor x, double exponent) {
    Tensor y = new Power(x, exponent).result(x.dtype(), x.shape());
    int n = x.size();
    if (x.dtype() == DType.F32) {
      float[] from = x.floats();
      float[] into = y.floats();
      for (int i = 0; i < n; i++) {
        into[i] = (float) StrictMath.pow(from[i], exponent);
      }
    } else {
      double[] from = x.doubles();
      double[] into = y.doubles();
      for (int i = 0; i < n; i++) {
        into[i] = StrictMath.pow(from[i], exponent);
      }
    }
    return y;
  }

  private static final class Power extends Operation {
    private final double exponent;

    Power(Tensor x, double exponent) {
      super("pow", x);
      this.exponent = exponent;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      if (exponent != 0) {
        by.add(0, g.times(input(0).pow(exponent - 1)).times(exponent));
      }
    }
  }

  // ---- two inputs

  static Tensor binary(BinaryFunction f, Tensor a, Tensor b) {
    String name = name(f);
    checkSame(name, a, b);
    Shape shape = Shape.broadcast(name, a.shape(), b.shape());
    Tensor y = new Binary(f, a, b).result(a.dtype(), shape);
    Broadcast.zip(f, a, b, y);
    return y;
  }

  static void checkSame(String name, Tensor a, Tensor b) {
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(
          name + ": " + a.dtype() + " and " + b.dtype() + " don't mix; convert one with to(…)");
    }
  }

  /// The function as a formula of `a` and `b`.
  static String formula(BinaryFunction f) {
    return switch (f) {
      case ADD -> "a + b";
      case SUBTRACT -> "a - b";
      case MULTIPLY -> "a * b";
      case DIVIDE -> "a / b";
      case MAXIMUM -> "max(a, b)";
      case MINIMUM -> "min(a, b)";
    };
  }

  private static String name(BinaryFunction f) {
    return switch (f) {
      case ADD -> "plus";
      case SUBTRACT -> "minus";
      case MULTIPLY -> "times";
      case DIVIDE -> "div";
      case MAXIMUM -> "maximum";
      case MINIMUM -> "minimum";
    };
  }

  private static final class Binary extends Operation {
    private final BinaryFunction f;

    Binary(BinaryFunction f, Tensor a, Tensor b) {
      super(Elementwise.name(f), a, b);
      this.f = f;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      if (by.wants(0)) {
        by.add(0, product(0, y, g));
      }
      if (by.wants(1)) {
        by.add(1, product(1, y, g));
      }
    }

    private Tensor product(int input, Tensor y, Tensor g) {
      Tensor a = input(0);
      Tensor b = input(1);
      boolean first = input == 0;
      Tensor part =
          switch (f) {
            case ADD -> g;
            case SUBTRACT -> first ? g : g.negate();
            case MULTIPLY -> g.times(first ? b : a);
            case DIVIDE -> first ? g.div(b) : g.times(y).div(b).negate();
            case MAXIMUM -> taken(first ? a : b, first ? b : a, g);
            case MINIMUM -> taken(first ? b : a, first ? a : b, g);
          };
      return part.sumTo(input(input).shape());
    }

    /// g where x > y, 0 where x < y, whatever g is, and g/2 where they are equal, infinities
    /// included.
    private static Tensor taken(Tensor x, Tensor y, Tensor g) {
      Tensor difference = x.minus(y);
      Tensor more = unary(UnaryFunction.STEP, difference);
      Tensor less = unary(UnaryFunction.STEP, difference.negate());
      Tensor share = more.minus(less).times(0.5).plus(0.5);
      return share.gate(g).times(share);
    }
  }

  // ---- gate

  static Tensor gate(Tensor condition, Tensor x) {
    checkSame("gate", condition, x);
    if (!condition.shape().equals(x.shape())) {
      throw new IllegalArgumentException(
          "gate: expected equal shapes, found " + condition.shape() + " and " + x.shape());
    }
    Tensor y = new Gate(condition, x).result(x.dtype(), x.shape());
    Engine engine = Context.current().engine();
    if (x.dtype() == DType.F32) {
      y.hasNothingNegligible();
      engine.gate(condition.floats(), 0, x.floats(), 0, y.floats(), 0, x.size());
    } else {
      engine.gate(condition.doubles(), 0, x.doubles(), 0, y.doubles(), 0, x.size());
    }
    return y;
  }

  private static final class Gate extends Operation {
    Gate(Tensor condition, Tensor x) {
      super("gate", condition, x);
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      if (by.wants(1)) {
        by.add(1, input(0).gate(g));
      }
    }
  }

  // ---- gradients

  /// The gradient x, in F32 with 0 for what is smaller than [Kernels#NEGLIGIBLE]; in F64, which is
  /// exact, as it is.
  static Tensor withoutNegligible(Tensor x) {
    if (x.dtype() == DType.F64 || x.isWithoutNegligible()) {
      return x;
    }
    Tensor y = new Kept(x).result(DType.F32, x.shape());
    y.hasNothingNegligible();
    Context.current().engine().withoutNegligible(x.floats(), 0, y.floats(), 0, x.size());
    return y;
  }

  private static final class Kept extends Operation {
    Kept(Tensor x) {
      super("gradient", x);
    }

    /// That of the gradient it stands for.
    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      by.add(0, g);
    }
  }
}
