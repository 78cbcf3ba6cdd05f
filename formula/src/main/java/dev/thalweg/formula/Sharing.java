package dev.thalweg.formula;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Makes nodes, each different one once: equal subexpressions become one node.
final class Sharing {
  private Expression[] table = new Expression[64];
  private int size;

  /// What expressions have become here, those of here themselves: each node is walked once, however
  /// often what it is part of is asked for.
  private final IdentityHashMap<Expression, Expression> adopted = new IdentityHashMap<>(128);

  /// The node that stands for all that say the same over the same inputs. The inputs must come from
  /// here.
  Expression one(Expression node) {
    int mask = table.length - 1;
    int at = spread(node.hashCode()) & mask;
    for (Expression known = table[at]; known != null; known = table[at]) {
      if (known.isSameNode(node)) {
        return known;
      }
      at = (at + 1) & mask;
    }
    table[at] = node;
    if (++size * 2 > table.length) {
      grow();
    }
    return node;
  }

  Expression number(double value) {
    return one(Expression.number(value));
  }

  Expression variable(String name) {
    return one(Expression.variable(name));
  }

  Expression of(Operator operation, Expression... inputs) {
    return one(Expression.of(operation, inputs));
  }

  /// The expression, made of nodes from here.
  Expression adopt(Expression expression) {
    Expression known = adopted.get(expression);
    if (known != null) {
      return known;
    }
    Deque<Expression> open = new ArrayDeque<>();
    open.push(expression);
    while (!open.isEmpty()) {
      Expression node = open.element();
      if (adopted.containsKey(node)) { // an input of two, found from both
        open.pop();
        continue;
      }
      int waiting = open.size();
      List<Expression> inputs = node.inputs();
      for (int i = inputs.size(); --i >= 0; ) {
        if (!adopted.containsKey(inputs.get(i))) {
          open.push(inputs.get(i));
        }
      }
      if (open.size() == waiting) {
        open.pop();
        known = rebuilt(node, adopted);
        adopted.put(node, known);
        adopted.put(known, known);
      }
    }
    return adopted.getOrDefault(expression, expression);
  }

  Expression substitute(Expression expression, Map<String, Expression> replacements) {
    IdentityHashMap<Expression, Expression> done = new IdentityHashMap<>();
    Expression last = expression;
    for (Expression node : Order.of(expression)) {
      if (node.operation() == Operator.VARIABLE) {
        Expression replacement = replacements.get(node.name());
        last = replacement == null ? one(node) : adopt(replacement);
      } else {
        last = rebuilt(node, done);
      }
      done.put(node, last);
    }
    return last;
  }

  /// The expression with another one for each part that is equal to `part`.
  Expression replace(Expression expression, Expression part, Expression by) {
    Expression wanted = adopt(part);
    Expression replacement = adopt(by);
    IdentityHashMap<Expression, Expression> done = new IdentityHashMap<>();
    Expression last = adopt(expression);
    for (Expression node : Order.of(last)) {
      last = node.is(wanted) ? replacement : rebuilt(node, done);
      done.put(node, last);
    }
    return last;
  }

  /// The node over what its inputs have become; the same node if nothing has changed.
  Expression rebuilt(Expression node, IdentityHashMap<Expression, Expression> done) {
    List<Expression> inputs = node.inputs();
    Expression[] now = new Expression[inputs.size()];
    boolean same = true;
    for (int i = 0; i < now.length; i++) {
      now[i] = done.getOrDefault(inputs.get(i), inputs.get(i));
      same &= now[i].is(inputs.get(i));
    }
    return same ? one(node) : one(node.over(now));
  }

  private void grow() {
    Expression[] old = table;
    table = new Expression[old.length * 2];
    int mask = table.length - 1;
    for (Expression node : old) {
      if (node != null) {
        int at = spread(node.hashCode()) & mask;
        while (table[at] != null) {
          at = (at + 1) & mask;
        }
        table[at] = node;
      }
    }
  }

  private static int spread(int hash) {
    int h = (hash ^ (hash >>> 16)) * 0x85ebca6b; // numbers differ in high bits only
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
