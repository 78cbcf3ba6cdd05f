package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Symbolic derivatives, by the chain rule from above.
///
/// At kinks: 0 for `abs`, `relu`, `sign`, `step`, `floor` and the comparisons; `max` and `min` of
/// an expression and a number, and with them `clip`, count as the number where both are equal; of
/// two expressions as their mean. A condition adds nothing. 0ʸ has the derivative 0 by y, x⁰ by x.
/// sign(x) |x|ʸ, which `cbrt` is, has y |x|ʸ⁻¹ at 0 too.
///
/// What isn't taken is 0 whatever comes from above, an infinity included: `where` selects it, no
/// product makes it. So √relu(x) has the derivative 0 at −1.
final class Derivative {
  private final Sharing sharing = new Sharing();
  private final Expression formula;

  Derivative(Expression formula) {
    this.formula = sharing.adopt(formula);
  }

  /// The derivative by one variable, simplified. It holds wherever the formula is defined, and may
  /// be defined elsewhere too: that of `log(x)` is `1 / x`.
  ///
  /// @throws IllegalArgumentException if it would go through a reduction
  Expression by(String variable) {
    return gradient(List.of(variable)).getFirst();
  }

  /// The derivatives by several variables, which share what they can, simplified.
  List<Expression> gradient(List<String> variables) {
    return gradient(variables, number(1));
  }

  /// The same times a factor, which stays out of the branches that are not taken.
  List<Expression> gradient(List<String> variables, Expression factor) {
    Set<Expression> varying = varying(variables);
    IdentityHashMap<Expression, Expression> derivatives = new IdentityHashMap<>();
    derivatives.put(formula, sharing.adopt(factor));
    for (Expression node : Order.fromTheRight(formula).reversed()) {
      Expression outer = derivatives.get(node);
      if (outer == null) {
        continue;
      }
      List<Expression> inputs = inputs(node);
      for (int i = 0; i < inputs.size(); i++) {
        Expression input = inputs.get(i);
        if (varying.contains(input)) {
          Expression sum = plus(derivatives.get(input), part(node, i, outer));
          if (sum != null) {
            derivatives.put(input, sum);
          }
        }
      }
    }
    List<Expression> results = new ArrayList<>();
    for (String variable : variables) {
      results.add(derivatives.getOrDefault(sharing.variable(variable), number(0)));
    }
    Simplifier simplifier = new Simplifier(sharing);
    simplifier.assumeDefined(formula);
    if (factor.operation() == Operator.VARIABLE) {
      simplifier.mayBeInfinite(sharing.adopt(factor));
    }
    return simplifier.all(results);
  }

  /// The nodes that depend on one of some variables.
  private Set<Expression> varying(List<String> variables) {
    Set<Expression> varying = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Expression node : Order.of(formula)) {
      boolean varies =
          node.operation() == Operator.VARIABLE
              ? variables.contains(node.name())
              : !Collections.disjoint(node.inputs(), varying);
      if (varies) {
        varying.add(node);
      }
    }
    return varying;
  }

  /// What a node is derived by: its inputs, but of sign(x) |x|ʸ only x.
  private static List<Expression> inputs(Expression node) {
    Expression power = powerWithSign(node);
    return power == null ? node.inputs() : power.input(0).inputs();
  }

  /// |x|ʸ of a product sign(x) |x|ʸ with a constant y; null of anything else.
  private static @Nullable Expression powerWithSign(Expression node) {
    if (node.operation() != Operator.MULTIPLY) {
      return null;
    }
    boolean first = node.input(0).operation() == Operator.SIGN;
    Expression sign = node.input(first ? 0 : 1);
    Expression power = node.input(first ? 1 : 0);
    boolean both =
        sign.operation() == Operator.SIGN
            && power.operation() == Operator.POWER
            && power.input(0).operation() == Operator.ABS
            && power.input(0).input(0).is(sign.input(0))
            && Products.constant(power.input(1)) != null;
    return both ? power : null;
  }

  /// The derivative of a node by one of its inputs, times a factor; null if it is 0.
  private @Nullable Expression part(Expression node, int input, Expression factor) {
    Expression x = node.input(0);
    return switch (node.operation()) {
      case NUMBER, VARIABLE -> null;
      case ADD -> factor;
      case SUBTRACT -> input == 0 ? factor : negative(factor);
      case NEGATE -> negative(factor);
      case MULTIPLY -> {
        Expression power = powerWithSign(node);
        yield power == null
            ? times(node.input(1 - input), factor)
            : times(lowered(power.input(0), power.input(1)), factor);
      }
      case DIVIDE ->
          input == 0
              ? over(factor, node.input(1))
              : negative(over(times(x, factor), square(node.input(1))));
      case POWER -> ofPower(node, input, factor);
      case SQRT -> over(factor, times(number(2), node));
      case EXP -> times(node, factor);
      case LOG -> over(factor, x);
      case ABS -> {
        Expression sign = of(Operator.SIGN, x);
        yield of(Operator.SELECT, sign, times(sign, factor), number(0));
      }
      case SIN -> times(of(Operator.COS, x), factor);
      case COS -> negative(times(of(Operator.SIN, x), factor));
      case TAN -> times(of(Operator.ADD, number(1), square(node)), factor);
      case ASIN -> over(factor, of(Operator.SQRT, oneMinus(square(x))));
      case ACOS -> negative(over(factor, of(Operator.SQRT, oneMinus(square(x)))));
      case ATAN -> over(factor, of(Operator.ADD, number(1), square(x)));
      case SINH -> times(of(Operator.COSH, x), factor);
      case COSH -> times(of(Operator.SINH, x), factor);
      case TANH -> times(oneMinus(square(node)), factor);
      case LOG1P -> over(factor, of(Operator.ADD, number(1), x));
      case EXPM1 -> times(of(Operator.EXP, x), factor);
      case SIGMOID -> times(times(node, oneMinus(node)), factor);
      case SOFTPLUS -> times(of(Operator.SIGMOID, x), factor);
      case ERF ->
          over(
              times(times(number(2), of(Operator.EXP, negative(square(x)))), factor),
              of(Operator.SQRT, number(Math.PI)));
      case RELU -> of(Operator.SELECT, of(Operator.STEP, x), factor, number(0));
      case MAXIMUM, MINIMUM -> ofExtreme(node, input, factor);
      case SIGN, STEP, FLOOR, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL ->
          null;
      case SELECT -> {
        if (input == 0) {
          yield null;
        }
        yield input == 1
            ? of(Operator.SELECT, x, factor, number(0))
            : of(Operator.SELECT, x, number(0), factor);
      }
      case ARRAY ->
          throw new IllegalArgumentException(
              node.function().text()
                  + " runs over an array: it has no derivative by a single number");
      case NORM, SUM, MEAN, MAX_NORM, GLOBAL_NORM, GLOBAL_SUM, GLOBAL_MEAN, GLOBAL_MAX_NORM ->
          throw new IllegalArgumentException(
              node.operation().text()
                  + " runs over an array: it has no derivative by a single number");
    };
  }

  private @Nullable Expression ofPower(Expression node, int input, Expression factor) {
    Expression base = node.input(0);
    Expression exponent = node.input(1);
    if (input == 0 && exponent.isNumber(0)) {
      return null; // 1 everywhere, at 0 too, where 0·x^-1 is no number
    }
    Signs signs = new Signs();
    if (input == 0) {
      Expression part = times(lowered(base, exponent), factor);
      boolean mayBeZero =
          Products.constant(exponent) == null
              && !signs.is(base, Signs.NOT_ZERO)
              && !signs.is(exponent, Signs.NOT_ZERO);
      return mayBeZero ? unlessZero(exponent, part) : part;
    }
    Expression grown = times(times(node, of(Operator.LOG, base)), factor);
    return signs.is(base, Signs.POSITIVE) ? grown : unlessZero(base, grown);
  }

  /// y xʸ⁻¹
  private Expression lowered(Expression base, Expression exponent) {
    return times(exponent, of(Operator.POWER, base, of(Operator.SUBTRACT, exponent, number(1))));
  }

  private Expression unlessZero(Expression x, Expression value) {
    return of(Operator.SELECT, of(Operator.EQUAL, x, number(0)), number(0), value);
  }

  private Expression ofExtreme(Expression node, int input, Expression factor) {
    Expression mine = node.input(input);
    Expression other = node.input(1 - input);
    boolean largest = node.operation() == Operator.MAXIMUM;
    Operator wins = largest ? Operator.GREATER : Operator.LESS;
    if (other.operation() == Operator.NUMBER) {
      return of(Operator.SELECT, of(wins, mine, other), factor, number(0));
    }
    Operator loses = largest ? Operator.LESS : Operator.GREATER;
    Expression half = over(factor, number(2));
    Expression share = of(Operator.SELECT, of(Operator.EQUAL, mine, other), half, factor);
    return of(Operator.SELECT, of(loses, mine, other), number(0), share);
  }

  /// x + y, branches of one condition together.
  private @Nullable Expression plus(@Nullable Expression x, @Nullable Expression y) {
    if (x == null || y == null) {
      return x == null ? y : x;
    }
    if (x.operation() == Operator.SELECT
        && y.operation() == Operator.SELECT
        && x.input(0).is(y.input(0))) {
      Expression first = plus(notZero(x.input(1)), notZero(y.input(1)));
      Expression second = plus(notZero(x.input(2)), notZero(y.input(2)));
      return of(
          Operator.SELECT,
          x.input(0),
          first == null ? number(0) : first,
          second == null ? number(0) : second);
    }
    return of(Operator.ADD, x, y);
  }

  private static @Nullable Expression notZero(Expression x) {
    return x.isNumber(0) ? null : x;
  }

  /// f times the factor; into the branch of a `where` whose other one is 0, so that 0 doesn't meet
  /// an infinity of the branch that is not taken.
  private Expression times(Expression f, Expression factor) {
    if (factor.isNumber(1)) {
      return f;
    }
    if (isGuarded(factor)) {
      return guarded(factor, times(f, rest(factor)));
    }
    return of(Operator.MULTIPLY, f, factor);
  }

  private Expression over(Expression factor, Expression divisor) {
    return isGuarded(factor)
        ? guarded(factor, over(rest(factor), divisor))
        : of(Operator.DIVIDE, factor, divisor);
  }

  private Expression negative(Expression factor) {
    return isGuarded(factor)
        ? guarded(factor, negative(rest(factor)))
        : of(Operator.NEGATE, factor);
  }

  private static boolean isGuarded(Expression factor) {
    return factor.operation() == Operator.SELECT
        && (factor.input(1).isNumber(0) || factor.input(2).isNumber(0));
  }

  private static Expression rest(Expression guarded) {
    return guarded.input(guarded.input(1).isNumber(0) ? 2 : 1);
  }

  private Expression guarded(Expression condition, Expression rest) {
    boolean second = condition.input(1).isNumber(0);
    return of(
        Operator.SELECT, condition.input(0), second ? number(0) : rest, second ? rest : number(0));
  }

  private Expression square(Expression x) {
    return of(Operator.POWER, x, number(2));
  }

  private Expression oneMinus(Expression x) {
    return of(Operator.SUBTRACT, number(1), x);
  }

  private Expression number(double value) {
    return sharing.number(value);
  }

  private Expression of(Operator operation, Expression... inputs) {
    return sharing.of(operation, inputs);
  }
}
