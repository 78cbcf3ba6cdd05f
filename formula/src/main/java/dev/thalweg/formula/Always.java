package dev.thalweg.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// The nodes on whose value that of the whole formula always depends: not those in a branch of
/// `where`, nor what is only compared.
final class Always {
  private Always() {}

  static List<Expression> of(Expression formula) {
    List<Expression> nodes = new ArrayList<>();
    Set<Expression> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Expression> open = new ArrayDeque<>();
    open.push(formula);
    while (!open.isEmpty()) {
      Expression node = open.pop();
      if (!seen.add(node)) {
        continue;
      }
      nodes.add(node);
      Operator operation = node.operation();
      boolean hides =
          operation.isComparison() || operation == Operator.SELECT || operation == Operator.STEP;
      if (!hides) {
        for (Expression input : node.inputs()) {
          open.push(input);
        }
      }
    }
    return nodes;
  }
}
