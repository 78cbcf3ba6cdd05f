package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Random formulas whose parts are often the same, so that there is something to share and to
/// collect.
final class RandomExpressions {
  static final List<String> VARIABLES = List.of("x", "y", "z");

  private static final double[] NUMBERS = {0, 1, 2, 3, 4, 0.5, 0.1, 1e-3, 2.5, -1, -2, Math.PI};

  private static final List<Operator> SMOOTH =
      List.of(
          Operator.SQRT,
          Operator.EXP,
          Operator.LOG,
          Operator.SIN,
          Operator.COS,
          Operator.TAN,
          Operator.ASIN,
          Operator.ACOS,
          Operator.ATAN,
          Operator.SINH,
          Operator.COSH,
          Operator.TANH,
          Operator.LOG1P,
          Operator.EXPM1,
          Operator.SIGMOID,
          Operator.SOFTPLUS,
          Operator.ERF,
          Operator.ABS,
          Operator.RELU);

  private static final List<Operator> ROUGH = List.of(Operator.SIGN, Operator.STEP, Operator.FLOOR);

  private static final List<Operator> COMPARISONS =
      List.of(
          Operator.LESS,
          Operator.LESS_OR_EQUAL,
          Operator.GREATER,
          Operator.GREATER_OR_EQUAL,
          Operator.EQUAL,
          Operator.NOT_EQUAL);

  private static final List<Operator> REDUCTIONS =
      List.of(
          Operator.NORM,
          Operator.SUM,
          Operator.MEAN,
          Operator.MAX_NORM,
          Operator.GLOBAL_NORM,
          Operator.GLOBAL_SUM,
          Operator.GLOBAL_MEAN,
          Operator.GLOBAL_MAX_NORM);

  private final SplittableRandom random;
  private final boolean reductions;
  private final List<Expression> made = new ArrayList<>();

  RandomExpressions(long seed, boolean reductions) {
    this.random = new SplittableRandom(seed);
    this.reductions = reductions;
  }

  Expression next(int depth) {
    Expression result;
    int kind = random.nextInt(100);
    if (depth == 0 || kind < 8) {
      result = leaf();
    } else if (kind < 18 && !made.isEmpty()) {
      result = made.get(random.nextInt(made.size()));
    } else if (kind < 60) {
      result =
          Expression.of(
              pick(
                  List.of(
                      Operator.ADD,
                      Operator.SUBTRACT,
                      Operator.MULTIPLY,
                      Operator.MULTIPLY,
                      Operator.DIVIDE)),
              next(depth - 1),
              next(depth - 1));
    } else if (kind < 66) {
      result = Expression.of(Operator.NEGATE, next(depth - 1));
    } else if (kind < 76) {
      Expression exponent =
          random.nextInt(8) == 0
              ? next(depth - 1)
              : Expression.number(pick(List.of(2.0, 3.0, -1.0, -2.0, 0.5, 1.0, 0.0, 1.5, -0.5)));
      result = Expression.of(Operator.POWER, next(depth - 1), exponent);
    } else if (kind < 90) {
      result = Expression.of(pick(SMOOTH), next(depth - 1));
    } else if (kind < 92) {
      result = Expression.of(pick(ROUGH), next(depth - 1));
    } else if (kind < 95) {
      result =
          Expression.of(
              random.nextBoolean() ? Operator.MAXIMUM : Operator.MINIMUM,
              next(depth - 1),
              next(depth - 1));
    } else if (kind < 97) {
      result = Expression.of(pick(COMPARISONS), next(depth - 1), next(depth - 1));
    } else if (kind < 99 || !reductions) {
      result = Expression.of(Operator.SELECT, next(depth - 1), next(depth - 1), next(depth - 1));
    } else {
      result = Expression.of(pick(REDUCTIONS), next(depth - 1));
    }
    made.add(result);
    return result;
  }

  /// Values of the variables: often round ones, where domains end.
  double[] point() {
    double[] x = new double[VARIABLES.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          random.nextInt(3) == 0 ? pick(List.of(0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5)) : interior();
    }
    return x;
  }

  /// Values of the variables that are not round.
  double[] interiorPoint() {
    double[] x = new double[VARIABLES.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = interior();
    }
    return x;
  }

  private double interior() {
    return random.nextDouble(-3, 3);
  }

  private Expression leaf() {
    return random.nextInt(3) == 0
        ? Expression.number(NUMBERS[random.nextInt(NUMBERS.length)])
        : Expression.variable(pick(VARIABLES));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
