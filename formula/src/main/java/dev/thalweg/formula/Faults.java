package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.List;

/// What a node could be by mistake.
final class Faults {
  private final Sharing sharing;
  private final Expression node;
  private final List<Expression> faults = new ArrayList<>();

  Faults(Sharing sharing, Expression node) {
    this.sharing = sharing;
    this.node = node;
  }

  List<Expression> all() {
    switch (node.operation()) {
      case NUMBER -> faults.add(number(changed(node.value())));
      case VARIABLE -> {}
      case ADD, SUBTRACT -> sum();
      case MULTIPLY -> {
        only(0);
        only(1);
      }
      case DIVIDE -> {
        only(0);
        add(Operation.DIVIDE, number(1), node.input(1));
        add(Operation.MULTIPLY, node.input(0), node.input(1));
      }
      case POWER -> power();
      case SQRT -> {
        only(0);
        outside();
      }
      case MAXIMUM, MINIMUM -> {
        only(0);
        only(1);
        boolean maximum = node.operation() == Operation.MAXIMUM;
        add(maximum ? Operation.MINIMUM : Operation.MAXIMUM, node.input(0), node.input(1));
      }
      case SELECT -> {
        only(1);
        only(2);
        add(Operation.SELECT, node.input(0), node.input(2), node.input(1));
      }
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL -> comparison();
      default -> only(0);
    }
    ofInputs();
    return faults;
  }

  /// A term with the other sign, a term left out, a weight complemented, a constant moved under a
  /// root.
  private void sum() {
    boolean plus = node.operation() == Operation.ADD;
    Expression a = node.input(0);
    Expression b = node.input(1);
    add(plus ? Operation.SUBTRACT : Operation.ADD, a, b);
    Expression negative = of(Operation.NEGATE, a);
    add(node.operation(), negative, b);
    faults.add(a);
    faults.add(plus ? b : of(Operation.NEGATE, b));
    inside(a, b);
    if (plus) {
      inside(b, a);
      if (b.operation() == Operation.MULTIPLY
          && b.input(1).operation() == Operation.SUBTRACT
          && b.input(1).input(1).is(a)) {
        Expression weight = of(Operation.SUBTRACT, number(1), b.input(0));
        add(Operation.ADD, a, of(Operation.MULTIPLY, weight, b.input(1)));
      }
    }
  }

  /// √x + c as √(x + c)
  private void inside(Expression root, Expression constant) {
    if (root.operation() == Operation.SQRT && constant.inputs().isEmpty()) {
      add(Operation.SQRT, of(node.operation(), root.input(0), constant));
    }
  }

  /// √(x + c) as √x + c
  private void outside() {
    Expression sum = node.input(0);
    if (sum.operation() == Operation.ADD) {
      for (int i = 0; i < 2; i++) {
        if (sum.input(i).inputs().isEmpty()) {
          add(Operation.ADD, of(Operation.SQRT, sum.input(1 - i)), sum.input(i));
        }
      }
    }
  }

  private void power() {
    Expression base = node.input(0);
    Expression exponent = node.input(1);
    faults.add(base);
    if (exponent.operation() == Operation.NUMBER) {
      add(Operation.POWER, base, number(exponent.value() + 1));
      add(Operation.POWER, base, number(exponent.value() - 1));
    }
  }

  private void comparison() {
    Operation other =
        switch (node.operation()) {
          case LESS -> Operation.LESS_OR_EQUAL;
          case LESS_OR_EQUAL -> Operation.LESS;
          case GREATER -> Operation.GREATER_OR_EQUAL;
          case GREATER_OR_EQUAL -> Operation.GREATER;
          case EQUAL -> Operation.NOT_EQUAL;
          default -> Operation.EQUAL;
        };
    add(other, node.input(0), node.input(1));
    add(node.operation(), node.input(1), node.input(0));
  }

  /// A number changed here alone, t + 1 and t − 1 for t.
  private void ofInputs() {
    for (int i = 0; i < node.inputs().size(); i++) {
      Expression input = node.input(i);
      if (input.operation() == Operation.NUMBER && node.operation() != Operation.POWER) {
        with(i, number(changed(input.value())));
      } else if (input.operation() == Operation.VARIABLE && input.name().equals("t")) {
        with(i, of(Operation.ADD, input, number(1)));
        with(i, of(Operation.SUBTRACT, input, number(1)));
      }
    }
  }

  private void with(int index, Expression input) {
    Expression[] inputs = Expression.array(node.inputs());
    inputs[index] = input;
    add(node.operation(), inputs);
  }

  private static double changed(double value) {
    return value == Math.rint(value) ? value + 1 : value / 2;
  }

  /// One input alone.
  private void only(int input) {
    faults.add(node.input(input));
  }

  private void add(Operation operation, Expression... inputs) {
    faults.add(of(operation, inputs));
  }

  private Expression of(Operation operation, Expression... inputs) {
    return sharing.of(operation, inputs);
  }

  private Expression number(double value) {
    return sharing.number(value);
  }
}
