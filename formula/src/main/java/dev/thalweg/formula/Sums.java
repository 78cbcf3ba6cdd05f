package dev.thalweg.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;

/// Collects the terms of sums and differences: `2 * x + y - x` is `x + y`.
///
/// Terms that cancel are only left out where they are defined everywhere: `log(x) - log(x)` is `0 *
/// log(x)`.
final class Sums {
  /// A sum that is used in several places is taken apart only up to this many terms.
  private static final int SHARED = 2;

  private record Term(Expression expression, boolean negative) {}

  private final Sharing sharing;
  private final Signs signs;
  private final Uses uses;
  private final Products products;

  Sums(Sharing sharing, Signs signs, Uses uses, Products products) {
    this.sharing = sharing;
    this.signs = signs;
    this.uses = uses;
    this.products = products;
  }

  /// A sum whose inputs are simplified.
  Expression simplified(Expression sum) {
    List<Expression> rests = new ArrayList<>();
    IdentityHashMap<Expression, Ratio> constants = new IdentityHashMap<>();
    for (Term term : terms(sum)) {
      Product product = products.apart(term.expression());
      Ratio constant = term.negative() ? product.constant().negative() : product.constant();
      product.setConstant(Ratio.ONE);
      Expression rest = products.expression(product);
      Ratio before = constants.get(rest);
      if (before == null) {
        rests.add(rest);
      } else {
        constant = before.plus(constant);
      }
      if (!constant.isFinite()) {
        return sum;
      }
      constants.put(rest, constant);
    }
    return expression(rests, constants);
  }

  private List<Term> terms(Expression sum) {
    List<Term> terms = new ArrayList<>();
    Deque<Term> open = new ArrayDeque<>();
    open.push(new Term(sum, false));
    int taken = 0;
    while (!open.isEmpty()) {
      Term term = open.pop();
      Expression node = term.expression();
      boolean negative = term.negative();
      boolean mayGoOn = uses.isLink(node) || node.is(sum);
      boolean whole =
          !mayGoOn && (++taken > Products.LONGEST || (uses.isShared(node) && isLong(node)));
      Operator operation = whole ? Operator.NUMBER : node.operation();
      switch (operation) {
        case ADD -> {
          open.push(new Term(node.input(1), negative));
          open.push(new Term(node.input(0), negative));
        }
        case SUBTRACT -> {
          open.push(new Term(node.input(1), !negative));
          open.push(new Term(node.input(0), negative));
        }
        case NEGATE -> open.push(new Term(node.input(0), !negative));
        default -> terms.add(term);
      }
    }
    return terms;
  }

  private static boolean isLong(Expression root) {
    Deque<Expression> open = new ArrayDeque<>();
    open.push(root);
    int terms = 0;
    while (!open.isEmpty() && terms <= SHARED) {
      Expression node = open.pop();
      switch (node.operation()) {
        case ADD, SUBTRACT -> {
          open.push(node.input(0));
          open.push(node.input(1));
        }
        case NEGATE -> open.push(node.input(0));
        default -> terms++;
      }
    }
    return terms > SHARED;
  }

  /// The terms in their order, but a positive one in front if there is any.
  private Expression expression(
      List<Expression> rests, IdentityHashMap<Expression, Ratio> constants) {
    List<Expression> kept = new ArrayList<>();
    int first = 0;
    for (Expression rest : rests) {
      Ratio constant = constants.getOrDefault(rest, Ratio.ZERO);
      if (constant.isZero() && signs.is(rest, Signs.TOTAL)) {
        continue;
      }
      Ratio leading =
          kept.isEmpty() ? constant : constants.getOrDefault(kept.get(first), Ratio.ZERO);
      if (leading.isNegative() && !constant.isNegative()) {
        first = kept.size();
      }
      kept.add(rest);
    }
    if (kept.isEmpty()) {
      return sharing.number(0);
    }
    kept.addFirst(kept.remove(first));
    Expression result = null;
    for (Expression rest : kept) {
      Ratio constant = constants.getOrDefault(rest, Ratio.ZERO);
      if (result == null) {
        result = term(rest, constant);
      } else {
        result =
            sharing.of(
                constant.isNegative() ? Operator.SUBTRACT : Operator.ADD,
                result,
                term(rest, constant.magnitude()));
      }
    }
    return result == null ? sharing.number(0) : result;
  }

  private Expression term(Expression rest, Ratio constant) {
    if (constant.isOne()) {
      return rest;
    }
    Product product = products.apart(rest);
    return product.multiply(constant) // beside one that only now stands alone: |2x|² is 4x²
        ? products.expression(product)
        : sharing.of(Operator.MULTIPLY, products.number(constant), rest);
  }
}
