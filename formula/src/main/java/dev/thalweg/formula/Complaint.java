package dev.thalweg.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the first part of a formula that has no finite value, from below and from the left.
final class Complaint {
  private static final int LONGEST = 60;

  private final List<String> variables;
  private final double[] x;
  private final IdentityHashMap<Expression, Double> values = new IdentityHashMap<>();

  Complaint(List<String> variables, double[] x) {
    this.variables = variables;
    this.x = x;
  }

  Optional<String> about(List<Expression> expressions) {
    List<Expression> order = Order.of(expressions);
    for (Expression node : order) {
      values.put(node, value(node));
    }
    Set<Expression> needed = needed(expressions);
    for (Expression node : order) {
      if (needed.contains(node) && !Double.isFinite(known(node))) {
        return Optional.of(sentence(node));
      }
    }
    return Optional.empty();
  }

  private double value(Expression node) {
    Operator operation = node.operation();
    if (operation == Operator.NUMBER) {
      return node.value();
    }
    return operation == Operator.VARIABLE
        ? x[variables.indexOf(node.name())]
        : operation.apply(input(node, 0), input(node, 1), input(node, 2));
  }

  private double input(Expression node, int index) {
    return index < node.inputs().size() ? known(node.input(index)) : 0;
  }

  private double known(Expression node) {
    return values.getOrDefault(node, Double.NaN);
  }

  /// All nodes but those that are only in branches not taken.
  private Set<Expression> needed(List<Expression> expressions) {
    Set<Expression> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Expression> open = new ArrayDeque<>(expressions);
    while (!open.isEmpty()) {
      Expression node = open.pop();
      if (!needed.add(node)) {
        continue;
      }
      if (node.operation() == Operator.SELECT) {
        open.push(node.input(0));
        open.push(node.input(known(node.input(0)) != 0 ? 1 : 2));
      } else {
        for (Expression input : node.inputs()) {
          open.push(input);
        }
      }
    }
    return needed;
  }

  private String sentence(Expression node) {
    String text = text(node);
    if (node.operation() == Operator.VARIABLE) {
      return text + " is " + known(node);
    }
    List<String> inputs = new ArrayList<>();
    for (Expression input : node.inputs()) {
      String sentence = text(input) + " is " + ExpressionPrinter.number(known(input));
      if (input.operation() != Operator.NUMBER && !inputs.contains(sentence)) {
        inputs.add(sentence);
      }
    }
    return inputs.isEmpty() ? text + " is " + known(node) : text + ": " + String.join(", ", inputs);
  }

  private static String text(Expression node) {
    return new ExpressionPrinter(LONGEST).print(node);
  }
}
