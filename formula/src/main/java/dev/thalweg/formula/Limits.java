package dev.thalweg.formula;

import dev.thalweg.kernels.loop.LoopNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The differences x − y of a rule that would be ∞ − ∞ where what they are part of has a limit. In
/// them y counts as the largest number at most, which changes no other bit.
///
/// * a + w (b − a), the average of an a that is ∞ with a b ≥ 0, such as a square: ∞.
/// * √(v − a²), of a v that is never less than a²: ∞ where v is.
///
/// A slot that is nothing but the average of squares of the gradient, w in [0, 1], is ∞ only once a
/// square has been. Until then its loop takes y as it is ([#OVERFLOWED] is 0): the minimum takes as
/// long as four other operations, as it is defined for NaN and −0 too. C2 makes two loops of one
/// with a condition that is the same for all elements.
final class Limits {
  /// The scalar that is 0 as long as no square of the gradient can have been infinite.
  static final String OVERFLOWED = "_overflowed";

  private static final LoopNode LARGEST = LoopNode.constant(Double.MAX_VALUE);

  private final Set<Expression> bounded = Collections.newSetFromMap(new IdentityHashMap<>());

  /// When a difference is bounded, if not always.
  private final IdentityHashMap<Expression, Expression> conditions = new IdentityHashMap<>();

  private final Signs signs = new Signs();
  private final Levels levels;
  private final Sharing sharing;

  Limits(Levels levels, Sharing sharing) {
    this.levels = levels;
    this.sharing = sharing;
  }

  /// Looks for such differences in some formulas.
  ///
  /// @param slots by name: those of the formulas that a slot becomes
  /// @param uses how often each node is used
  void find(
      List<Expression> formulas, Map<String, Expression> slots, Map<Expression, Integer> uses) {
    for (Expression node : Order.of(formulas)) {
      if (node.operation() == Operator.SQRT) {
        ofVariance(node.input(0));
      } else if (node.operation() == Operator.ADD
          && node.input(1).operation() == Operator.MULTIPLY) {
        ofAverage(node, slots, uses);
      }
    }
  }

  /// a + w (b − a)
  private void ofAverage(
      Expression node, Map<String, Expression> slots, Map<Expression, Integer> uses) {
    List<Expression> factors = node.input(1).inputs();
    for (int i = 0; i < 2; i++) {
      Expression factor = factors.get(i);
      if (factor.operation() == Operator.SUBTRACT
          && factor.input(1).equals(node.input(0))
          && uses.getOrDefault(factor, 0) == 1
          && isNotNegative(factor.input(0))) {
        bounded.add(factor);
        Expression weight = factors.get(1 - i);
        Expression slot = node.input(0);
        if (slot.operation() == Operator.VARIABLE
            && node.equals(slots.get(slot.name()))
            && isSquare(factor.input(0))
            && levels.of(weight) != UpdatePlan.Level.ELEMENT) {
          conditions.put(factor, condition(weight));
        }
      }
    }
  }

  private boolean isNotNegative(Expression node) {
    return signs.is(node, Signs.NOT_NEGATIVE) || isProductOfOne(node);
  }

  /// x x
  private static boolean isProductOfOne(Expression node) {
    return node.operation() == Operator.MULTIPLY && node.input(0).equals(node.input(1));
  }

  /// g²
  private static boolean isSquare(Expression node) {
    boolean square =
        isProductOfOne(node) || (node.operation() == Operator.POWER && node.input(1).isNumber(2));
    return square
        && node.input(0).operation() == Operator.VARIABLE
        && node.input(0).name().equals(UpdatePlan.GRADIENT);
  }

  /// Not 0 where a square has been infinite, or the weight makes no average.
  private Expression condition(Expression weight) {
    Expression w = sharing.adopt(weight);
    Expression condition = sharing.variable(OVERFLOWED);
    if (w.operation() == Operator.NUMBER && w.value() >= 0 && w.value() <= 1) {
      return condition;
    }
    condition =
        sharing.of(Operator.ADD, condition, sharing.of(Operator.LESS, w, sharing.number(0)));
    return sharing.of(Operator.ADD, condition, sharing.of(Operator.GREATER, w, sharing.number(1)));
  }

  /// Terms under a root: v − a², or what of it is not negative, with ε or without.
  private void ofVariance(Expression sum) {
    Expression node = sum;
    while (node.operation() == Operator.ADD || node.operation() == Operator.MAXIMUM) {
      node = node.input(0);
    }
    if (node.operation() == Operator.SUBTRACT && isNotNegative(node.input(1))) {
      bounded.add(node);
    }
  }

  /// x − y
  ///
  /// @param scalar gives the loop's node for what is the same for all elements
  LoopNode difference(
      Expression node, LoopNode x, LoopNode y, Function<Expression, LoopNode> scalar) {
    if (!bounded.contains(node)) {
      return LoopNode.of(LoopNode.Operation.SUBTRACT, x, y);
    }
    LoopNode least = LoopNode.of(LoopNode.Operation.MINIMUM, y, LARGEST);
    Expression condition = conditions.get(node);
    if (condition != null) {
      least = LoopNode.of(LoopNode.Operation.SELECT, scalar.apply(condition), least, y);
    }
    return LoopNode.of(LoopNode.Operation.SUBTRACT, x, least);
  }
}
