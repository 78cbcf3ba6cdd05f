package dev.thalweg.formula;

import dev.thalweg.kernels.loop.LoopNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The differences x − y of a rule that would be ∞ − ∞ where what they are part of has a limit. In
/// them y counts as the largest number at most: one minimum an element, which changes no other bit.
///
/// * a + w (b − a), the average of an a that is ∞ with a b ≥ 0, such as a square: ∞.
/// * √(v − a²), of a v that is never less than a²: ∞ where v is.
final class Limits {
  private static final LoopNode LARGEST = LoopNode.constant(Double.MAX_VALUE);

  private final Set<Expression> bounded = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Signs signs = new Signs();

  /// Looks for such differences in some formulas.
  ///
  /// @param uses how often each node is used
  void find(List<Expression> formulas, Map<Expression, Integer> uses) {
    for (Expression node : Order.of(formulas)) {
      if (node.operation() == Operation.SQRT) {
        ofVariance(node.input(0));
      } else if (node.operation() == Operation.ADD
          && node.input(1).operation() == Operation.MULTIPLY) {
        for (Expression factor : node.input(1).inputs()) {
          if (factor.operation() == Operation.SUBTRACT
              && factor.input(1).equals(node.input(0))
              && uses.getOrDefault(factor, 0) == 1
              && signs.is(factor.input(0), Signs.NOT_NEGATIVE)) {
            bounded.add(factor);
          }
        }
      }
    }
  }

  /// Terms under a root: v − a², with ε or without.
  private void ofVariance(Expression sum) {
    Expression node = sum;
    while (node.operation() == Operation.ADD) {
      node = node.input(0);
    }
    if (node.operation() == Operation.SUBTRACT && signs.is(node.input(1), Signs.NOT_NEGATIVE)) {
      bounded.add(node);
    }
  }

  /// x − y
  LoopNode difference(Expression node, LoopNode x, LoopNode y) {
    LoopNode subtrahend =
        bounded.contains(node) ? LoopNode.of(LoopNode.Operation.MINIMUM, y, LARGEST) : y;
    return LoopNode.of(LoopNode.Operation.SUBTRACT, x, subtrahend);
  }
}
