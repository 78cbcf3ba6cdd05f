package dev.thalweg.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the factors of products, quotients and powers: `x * y * x` is `x^2 * y`.
///
/// Factors of one base are only put together where that hides no zero of a divisor and no negative
/// number under a root, unless [Signs] knows that there is none: `x / x` stays, `x / x^2` is `1 /
/// x`.
final class Products {
  /// Of what has been collected before no more than this is taken apart again.
  static final int LONGEST = 64;

  /// A product that is used in several places is taken apart only up to this many factors.
  private static final int SHARED = 4;

  private static final double LARGEST_EXPONENT = 1 << 20;

  private record Factor(Expression expression, double power) {}

  private final Sharing sharing;
  private final Signs signs;
  private final Uses uses;

  Products(Sharing sharing, Signs signs, Uses uses) {
    this.sharing = sharing;
    this.signs = signs;
    this.uses = uses;
  }

  /// The constant that an expression is: a number or a fraction of two; null if it is none.
  static @Nullable Ratio constant(Expression expression) {
    if (expression.operation() == Operator.NUMBER) {
      return Ratio.of(expression.value());
    }
    if (expression.operation() == Operator.DIVIDE
        && expression.input(0).operation() == Operator.NUMBER
        && expression.input(1).operation() == Operator.NUMBER) {
      Ratio ratio = Ratio.of(expression.input(0).value(), expression.input(1).value());
      return ratio.isFinite() ? ratio : null;
    }
    return null;
  }

  Expression simplified(Expression product) {
    return expression(apart(product, true));
  }

  /// The factors of an expression whose inputs are simplified.
  Product apart(Expression expression) {
    return apart(expression, false);
  }

  private Product apart(Expression root, boolean rootOnce) {
    Product product = new Product();
    Deque<Factor> open = new ArrayDeque<>();
    open.push(new Factor(root, 1));
    int taken = 0;
    while (!open.isEmpty()) {
      Factor factor = open.pop();
      Expression node = factor.expression();
      boolean mayGoOn = uses.isLink(node) || (rootOnce && node.is(root));
      boolean whole = !mayGoOn && (++taken > LONGEST || (uses.isShared(node) && isLong(node)));
      if (whole || !split(node, factor.power(), open, product)) {
        atom(node, Ratio.of(factor.power()), product);
      }
    }
    return product;
  }

  /// Takes one node apart; false if it is a factor as it is.
  private boolean split(Expression node, double power, Deque<Factor> open, Product product) {
    switch (node.operation()) {
      case NUMBER -> {
        if ((node.value() == 0 && power < 0) || Math.abs(node.value()) == Math.PI) {
          return false;
        }
        return product.multiply(Ratio.of(node.value()).power(power));
      }
      case NEGATE -> {
        if (power % 2 != 0 && !product.multiply(Ratio.of(-1))) {
          return false;
        }
        open.push(new Factor(node.input(0), power));
      }
      case MULTIPLY -> {
        open.push(new Factor(node.input(1), power));
        open.push(new Factor(node.input(0), power));
      }
      case DIVIDE -> {
        open.push(new Factor(node.input(1), -power));
        open.push(new Factor(node.input(0), power));
      }
      case SQRT -> {
        return root(node.input(0), Ratio.of(1, 2), power, product);
      }
      case POWER -> {
        Ratio exponent = constant(node.input(1));
        if (exponent == null) {
          return false;
        }
        if (!exponent.isWhole()) {
          return root(node.input(0), exponent, power, product);
        }
        double total = exponent.value() * power;
        if (Math.abs(total) > LARGEST_EXPONENT) {
          return false;
        }
        open.push(new Factor(node.input(0), total));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /// A root to a whole power: (√x)² is x only where x isn't negative.
  private boolean root(Expression base, Ratio exponent, double power, Product product) {
    Ratio total = exponent.times(Ratio.of(power));
    if (total.isWhole() && !signs.is(base, Signs.NOT_NEGATIVE)) {
      return false;
    }
    product.multiply(base, total);
    return true;
  }

  private void atom(Expression node, Ratio power, Product product) {
    if (node.operation() == Operator.ABS && power.isEven()) {
      product.multiply(node.input(0), power);
    } else {
      product.multiply(node, power);
    }
  }

  private boolean isLong(Expression root) {
    Deque<Expression> open = new ArrayDeque<>();
    open.push(root);
    int factors = 0;
    while (!open.isEmpty() && factors <= SHARED) {
      Expression node = open.pop();
      switch (node.operation()) {
        case MULTIPLY, DIVIDE -> {
          open.push(node.input(0));
          open.push(node.input(1));
        }
        case NEGATE -> open.push(node.input(0));
        default -> factors++;
      }
    }
    return factors > SHARED;
  }

  /// The product as an expression: the constant, then variables by name, then the other factors in
  /// order of first appearance; all that divides in one divisor.
  Expression expression(Product product) {
    List<Expression> over = new ArrayList<>();
    List<Expression> under = new ArrayList<>();
    boolean total = product.constant().isZero();
    for (Expression base : sorted(product.bases())) {
      for (Ratio exponent : combined(base, product.exponents(base))) {
        if (isConstant(base, exponent)
            && split(base, exponent.value(), new ArrayDeque<>(), product)) {
          continue; // √2 √2
        }
        total = total && isTotal(base, exponent);
        (exponent.isNegative() ? under : over).add(power(base, exponent.magnitude()));
      }
    }
    Ratio constant = product.constant();
    if (total) {
      return sharing.number(0);
    }
    Expression result = numerator(constant.over(), over);
    if (constant.under() != 1) {
      under.addFirst(sharing.number(constant.under()));
    }
    return under.isEmpty() ? result : sharing.of(Operator.DIVIDE, result, chain(under));
  }

  private static boolean isConstant(Expression base, Ratio exponent) {
    return base.operation() == Operator.NUMBER && exponent.isWhole();
  }

  private Expression numerator(double constant, List<Expression> factors) {
    if (factors.isEmpty()) {
      return sharing.number(constant);
    }
    if (Math.abs(constant) != 1) {
      factors.addFirst(sharing.number(constant));
    } else if (constant < 0) {
      factors.set(0, sharing.of(Operator.NEGATE, factors.getFirst()));
    }
    return chain(factors);
  }

  private Expression chain(List<Expression> factors) {
    Expression result = factors.getFirst();
    for (int i = 1; i < factors.size(); i++) {
      result = sharing.of(Operator.MULTIPLY, result, factors.get(i));
    }
    return result;
  }

  private Expression power(Expression base, Ratio exponent) {
    if (exponent.isOne()) {
      return base;
    }
    if (exponent.is(0.5)) {
      return sharing.of(Operator.SQRT, base);
    }
    Expression number = number(exponent);
    return sharing.of(Operator.POWER, base, number);
  }

  Expression number(Ratio ratio) {
    Expression over = sharing.number(ratio.over());
    return ratio.under() == 1
        ? over
        : sharing.of(Operator.DIVIDE, over, sharing.number(ratio.under()));
  }

  private boolean isTotal(Expression base, Ratio exponent) {
    return signs.is(base, Signs.TOTAL)
        && (!exponent.isNegative() || signs.is(base, Signs.NOT_ZERO))
        && (exponent.isWhole() || signs.is(base, Signs.NOT_NEGATIVE));
  }

  /// The exponents of one base, as few as the rule in the class comment allows.
  private List<Ratio> combined(Expression base, List<Ratio> exponents) {
    if (exponents.size() == 1) {
      return exponents;
    }
    boolean notZero = signs.is(base, Signs.NOT_ZERO);
    boolean notNegative = signs.is(base, Signs.NOT_NEGATIVE);
    Ratio up = Ratio.ZERO;
    Ratio down = Ratio.ZERO;
    List<Ratio> result = new ArrayList<>();
    for (Ratio exponent : exponents) {
      if (!exponent.isWhole()) {
        root(exponent, result, notZero, notNegative);
      } else if (exponent.isNegative()) {
        down = down.plus(exponent);
      } else {
        up = up.plus(exponent);
      }
    }
    Ratio both = up.plus(down);
    if (!notZero && down.isNegative() && !both.isNegative()) {
      // x³/x² has no value at 0; x²/x, which has none either, is shorter
      result.addFirst(both.plus(Ratio.ONE));
      result.add(Ratio.of(-1));
      return result;
    }
    if (!both.isZero()) {
      whole(both, result, notZero);
    }
    return result;
  }

  /// Adds an exponent that is not whole.
  private static void root(
      Ratio exponent, List<Ratio> result, boolean notZero, boolean notNegative) {
    if (!result.isEmpty()) {
      Ratio sum = result.getFirst().plus(exponent);
      boolean anyNegative = exponent.isNegative() || result.getFirst().isNegative();
      if ((!sum.isWhole() || notNegative) && (!anyNegative || sum.isNegative() || notZero)) {
        result.removeFirst();
        if (!sum.isZero()) {
          result.addFirst(sum);
        }
        return;
      }
    }
    result.add(exponent);
  }

  /// Adds the sum of the whole exponents to a root where that costs no root: x √x stays, x/√x is
  /// √x.
  private static void whole(Ratio whole, List<Ratio> result, boolean notZero) {
    if (!result.isEmpty()) {
      Ratio root = result.getFirst();
      Ratio sum = root.plus(whole);
      boolean anyNegative = root.isNegative() || whole.isNegative();
      boolean cheap = !root.magnitude().is(0.5) || sum.magnitude().is(0.5) || root.isWhole();
      if (cheap && (!anyNegative || sum.isNegative() || notZero)) {
        result.removeFirst();
        if (!sum.isZero()) {
          result.addFirst(sum);
        }
        return;
      }
    }
    result.addFirst(whole);
  }

  private List<Expression> sorted(List<Expression> bases) {
    List<Expression> sorted = new ArrayList<>(bases.size());
    for (Expression base : bases) {
      int at = sorted.size();
      while (at > 0 && before(base, sorted.get(at - 1))) {
        at--;
      }
      sorted.add(at, base);
    }
    return sorted;
  }

  private boolean before(Expression a, Expression b) {
    int difference = order(a) - order(b);
    if (difference != 0) {
      return difference < 0;
    }
    return a.operation() == Operator.VARIABLE
        ? a.name().compareTo(b.name()) < 0
        : uses.rank(a) < uses.rank(b);
  }

  /// Numbers, then variables, then the rest.
  private static int order(Expression base) {
    return switch (base.operation()) {
      case NUMBER -> 0;
      case VARIABLE -> 1;
      default -> 2;
    };
  }
}
