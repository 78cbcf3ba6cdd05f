package dev.thalweg.bench;

import java.util.ArrayList;
import java.util.List;

/// What one pass stores, element by element.
///
/// @param arrays how many arrays it works on
/// @param scalars how many numbers it takes
/// @param stores computed from the elements as they were, then stored
record Rule(int arrays, int scalars, List<Store> stores) {

  /// One array's new element.
  record Store(int array, Expression value) {}

  /// AdamW: the text of [AdamWLoop] as a graph.
  static Rule adamw() {
    Expression p = Expression.array(0);
    Expression g = Expression.array(1);
    Expression m = Expression.array(2);
    Expression v = Expression.array(3);
    Expression c1 = Expression.scalar(0);
    Expression c2 = Expression.scalar(1);
    Expression rate = Expression.scalar(2);
    Expression root = Expression.scalar(3);
    Expression epsilon = Expression.scalar(4);
    Expression decay = Expression.scalar(5);
    Expression mean = m.plus(g.minus(m).times(c1));
    Expression square = v.plus(g.times(g).minus(v).times(c2));
    Expression step =
        rate.times(mean).over(square.sqrt().times(root).plus(epsilon)).plus(decay.times(p));
    return new Rule(
        4, 6, List.of(new Store(2, mean), new Store(3, square), new Store(0, p.minus(step))));
  }

  /// Every node once, inputs before what is made of them.
  List<Expression> order() {
    List<Expression> order = new ArrayList<>();
    for (Store store : stores) {
      visit(store.value(), order);
    }
    return order;
  }

  private static void visit(Expression expression, List<Expression> order) {
    if (!order.contains(expression)) {
      for (Expression input : expression.inputs()) {
        visit(input, order);
      }
      order.add(expression);
    }
  }
}
