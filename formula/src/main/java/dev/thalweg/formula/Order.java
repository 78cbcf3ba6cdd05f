package dev.thalweg.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// The nodes of a graph, each once, inputs before what uses them, from left to right.
final class Order {
  private Order() {}

  static List<Expression> of(Expression root) {
    return of(List.of(root));
  }

  /// The nodes of several graphs that share some.
  static List<Expression> of(List<Expression> roots) {
    return without(Set.of(), roots);
  }

  /// Inputs before what uses them too, but the last input before the first: from its end, what
  /// stands first comes first.
  static List<Expression> fromTheRight(Expression root) {
    return order(Set.of(), List.of(root), true);
  }

  /// Only the nodes that are not known, and not what is only below such.
  static List<Expression> without(Set<Expression> known, List<Expression> roots) {
    return order(known, roots, false);
  }

  private static List<Expression> order(
      Set<Expression> known, List<Expression> roots, boolean fromTheRight) {
    List<Expression> order = new ArrayList<>();
    Set<Expression> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Expression> open = new ArrayDeque<>();
    Deque<int[]> next = new ArrayDeque<>();
    for (Expression root : roots) {
      if (known.contains(root) || !seen.add(root)) {
        continue;
      }
      open.push(root);
      next.push(new int[1]);
      while (!open.isEmpty()) {
        Expression node = open.element();
        int[] input = next.element();
        int inputs = node.inputs().size();
        if (input[0] == inputs) {
          order.add(node);
          open.pop();
          next.pop();
        } else {
          int at = input[0]++;
          Expression below = node.input(fromTheRight ? inputs - 1 - at : at);
          if (!known.contains(below) && seen.add(below)) {
            open.push(below);
            next.push(new int[1]);
          }
        }
      }
    }
    return order;
  }
}
