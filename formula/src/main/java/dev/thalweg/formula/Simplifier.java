package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes formulas shorter without changing what they say.
///
/// * The value is kept up to rounding: like terms and like factors are collected, constants folded,
///   so sums and products may be computed in another order.
/// * The domain is kept: what had no finite value has none afterwards. So `0 * x` is 0 only if x is
///   defined everywhere (`0 * log(x)` stays), `x / x` stays, `sqrt(x)^2` stays. Overflow doesn't
///   count: `x^200 / x^198 * exp(x) * 0` may vanish.
/// * What is exact stays so: fractions of whole numbers (`x^(1/3)`), π, and functions of them whose
///   value is not whole (`sqrt(2)`, but 2 for `sqrt(4)`).
/// * What is used in several places is taken apart only where it is short, so that it stays shared.
///
/// Products are not expanded and sums not factored.
final class Simplifier {
  private final Sharing sharing;
  private final Signs signs = new Signs();
  private final Uses uses = new Uses();
  private final Products products;
  private final Sums sums;
  private final IdentityHashMap<Expression, Expression> done = new IdentityHashMap<>();
  private @Nullable Expression infinite;

  Simplifier(Sharing sharing) {
    this.sharing = sharing;
    this.products = new Products(sharing, signs, uses);
    this.sums = new Sums(sharing, signs, uses, products);
  }

  /// Takes for granted that a formula that is used with those to be simplified is defined: nothing
  /// is divided by zero in it, no root or logarithm taken of a negative number.
  void assumeDefined(Expression formula) {
    for (Expression node : Always.of(formula)) {
      switch (node.operation()) {
        case LOG -> assume(node.input(0), Signs.POSITIVE);
        case SQRT -> assume(node.input(0), Signs.NOT_NEGATIVE);
        case DIVIDE -> assume(node.input(1), Signs.NOT_ZERO);
        case POWER -> {
          Ratio exponent = Products.constant(node.input(1));
          if (exponent != null && exponent.isNegative()) {
            assume(node.input(0), Signs.NOT_ZERO);
          }
          if (exponent != null && !exponent.isWhole()) {
            assume(node.input(0), Signs.NOT_NEGATIVE);
          }
        }
        default -> {}
      }
    }
    signs.reconsider();
  }

  /// Takes a variable for one that may be infinite: where it isn't selected, no 0 may be multiplied
  /// with it instead.
  void mayBeInfinite(Expression variable) {
    infinite = variable;
  }

  private void assume(Expression expression, int flags) {
    signs.assume(all(List.of(expression)).getFirst(), flags);
  }

  Expression simplified(Expression expression) {
    return all(List.of(expression)).getFirst();
  }

  /// Formulas that share parts, which they also do afterwards.
  List<Expression> all(List<Expression> expressions) {
    List<Expression> order = Order.without(done.keySet(), expressions);
    IdentityHashMap<Expression, Integer> used = new IdentityHashMap<>();
    IdentityHashMap<Expression, Operator> user = new IdentityHashMap<>();
    for (Expression node : order) {
      for (Expression input : node.inputs()) {
        Expression before = done.get(input);
        if (before != null) {
          uses.add(before, 1);
        } else {
          used.put(input, used.getOrDefault(input, 0) + 1);
          user.put(input, node.operation());
        }
      }
    }
    for (Expression root : expressions) {
      used.put(root, used.getOrDefault(root, 0) + 1);
    }
    List<Expression> links = new ArrayList<>();
    for (Expression node : order) {
      Expression result = sharing.rebuilt(node, done);
      int count = used.getOrDefault(node, 0);
      if (count == 1 && isLink(node.operation(), user.get(node))) {
        uses.addLink(result);
        links.add(node);
      } else {
        result = node(result);
      }
      uses.add(result, count);
      uses.rank(result);
      done.put(node, result);
    }
    List<Expression> results = new ArrayList<>();
    for (Expression expression : expressions) {
      results.add(done.getOrDefault(expression, expression));
    }
    for (Expression link : links) {
      done.remove(link); // elsewhere it may stand by itself
    }
    return results;
  }

  /// Whether a node that is used once belongs to the chain of what uses it, and is collected with
  /// it.
  private static boolean isLink(Operator node, @Nullable Operator user) {
    if (user == null) {
      return false;
    }
    return switch (node) {
      case ADD, SUBTRACT ->
          user == Operator.ADD || user == Operator.SUBTRACT || user == Operator.NEGATE;
      case MULTIPLY, DIVIDE -> user == Operator.MULTIPLY || user == Operator.DIVIDE;
      default -> false;
    };
  }

  /// A node whose inputs are simplified.
  private Expression node(Expression node) {
    Expression folded = folded(node);
    return switch (folded.operation()) {
      case NUMBER, VARIABLE -> folded;
      case ADD, SUBTRACT, NEGATE -> sums.simplified(folded);
      case MULTIPLY, DIVIDE -> products.simplified(folded);
      case POWER -> power(folded);
      case SQRT -> root(folded);
      case SELECT -> select(folded);
      case MAXIMUM, MINIMUM -> folded.input(0).is(folded.input(1)) ? folded.input(0) : folded;
      case ABS -> absolute(folded);
      case RELU -> signs.is(folded.input(0), Signs.NOT_NEGATIVE) ? folded.input(0) : folded;
      case SIGN -> {
        boolean one = signs.is(folded.input(0), Signs.TOTAL | Signs.POSITIVE);
        yield one ? sharing.number(1) : odd(folded);
      }
      case SIN, TAN, ASIN, ATAN, SINH, TANH, ERF -> odd(folded);
      case COS, COSH -> even(folded);
      default -> folded;
    };
  }

  /// The value of a function of constants, if it is finite; of whole ones and π only if it is
  /// whole: √2 says more than 1.414.
  private Expression folded(Expression node) {
    Operator operation = node.operation();
    if (operation.kind() == Operator.Kind.LEAF
        || operation.isReduction()
        || operation == Operator.ARRAY
        || (operation.kind() == Operator.Kind.OPERATOR && operation != Operator.POWER)) {
      return node;
    }
    double[] x = new double[3];
    boolean exact = true;
    for (int i = 0; i < node.inputs().size(); i++) {
      Ratio constant = Products.constant(node.input(i));
      if (constant == null) {
        return node;
      }
      x[i] = constant.value();
      exact &= constant.isFraction() || Math.abs(x[i]) == Math.PI;
    }
    double value = operation.apply(x[0], x[1], x[2]);
    boolean says = !exact || value == Math.rint(value);
    return says && Double.isFinite(value) ? sharing.number(value) : node;
  }

  private Expression power(Expression node) {
    Expression base = node.input(0);
    Ratio exponent = Products.constant(node.input(1));
    if (exponent == null) {
      boolean one = base.isNumber(1) && signs.is(node.input(1), Signs.TOTAL);
      return one ? sharing.number(1) : node;
    }
    if (exponent.isZero()) {
      return sharing.number(1); // 1 whatever the base, NaN included
    }
    return products.simplified(node);
  }

  private Expression root(Expression node) {
    Expression inside = node.input(0);
    if (inside.operation() == Operator.POWER && signs.is(inside.input(0), Signs.NOT_NEGATIVE)) {
      Ratio exponent = Products.constant(inside.input(1));
      if (exponent != null) {
        Expression half = products.number(exponent.times(Ratio.of(1, 2)));
        return products.simplified(sharing.of(Operator.POWER, inside.input(0), half));
      }
    }
    return node;
  }

  private Expression select(Expression node) {
    Ratio condition = Products.constant(node.input(0));
    if (condition != null) {
      return node.input(condition.isZero() ? 2 : 1);
    }
    Expression yes = node.input(1);
    Expression no = node.input(2);
    if (yes.operation() == Operator.SELECT && yes.input(0).is(node.input(0))) {
      yes = yes.input(1);
    }
    if (no.operation() == Operator.SELECT && no.input(0).is(node.input(0))) {
      no = no.input(2);
    }
    if (yes.is(no)) {
      return yes;
    }
    return no.isNumber(0)
        ? selectOrZero(node.input(0), yes)
        : sharing.of(Operator.SELECT, node.input(0), yes, no);
  }

  /// `where(c, y, 0)`: as a product where c is 0 or 1 and y finite, and with a comparison for what
  /// only tells 0 from the rest.
  private Expression selectOrZero(Expression condition, Expression yes) {
    if (condition.operation() == Operator.STEP) {
      return isFinite(yes)
          ? products.simplified(sharing.of(Operator.MULTIPLY, condition, yes))
          : select(Operator.GREATER, condition.input(0), yes);
    }
    if (condition.operation() == Operator.SIGN) {
      Expression x = condition.input(0);
      boolean always = signs.is(x, Signs.NOT_ZERO) || (isFinite(yes) && isMultiple(yes, condition));
      return always ? yes : select(Operator.NOT_EQUAL, x, yes);
    }
    return sharing.of(Operator.SELECT, condition, yes, sharing.number(0));
  }

  private Expression select(Operator comparison, Expression x, Expression yes) {
    Expression zero = sharing.number(0);
    return sharing.of(Operator.SELECT, sharing.of(comparison, x, zero), yes, zero);
  }

  private boolean isFinite(Expression x) {
    return signs.is(x, Signs.TOTAL) && (infinite == null || !Order.of(x).contains(infinite));
  }

  /// Whether x is a product with a factor, so that it is 0 where that is.
  private boolean isMultiple(Expression x, Expression factor) {
    Product product = products.apart(x);
    for (Ratio exponent : product.exponents(factor)) {
      if (!exponent.isNegative() && !exponent.isZero()) {
        return true;
      }
    }
    return false;
  }

  private Expression absolute(Expression node) {
    Expression inside = node.input(0);
    if (signs.is(inside, Signs.NOT_NEGATIVE)) {
      return inside;
    }
    return even(node);
  }

  /// f(−x) = f(x)
  private Expression even(Expression node) {
    Expression positive = negated(node.input(0));
    return positive == null ? node : node(sharing.of(node.operation(), positive));
  }

  /// f(−x) = −f(x)
  private Expression odd(Expression node) {
    Expression positive = negated(node.input(0));
    return positive == null
        ? node
        : sums.simplified(
            sharing.of(Operator.NEGATE, node(sharing.of(node.operation(), positive))));
  }

  /// −x without its minus; null if it has none.
  private @Nullable Expression negated(Expression x) {
    Operator operation = x.operation();
    if (operation != Operator.NEGATE
        && operation != Operator.MULTIPLY
        && operation != Operator.DIVIDE) {
      return null;
    }
    Product product = products.apart(x);
    if (!product.constant().isNegative()) {
      return null;
    }
    product.setConstant(product.constant().negative());
    return products.expression(product);
  }
}
