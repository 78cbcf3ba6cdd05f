package dev.thalweg.optim;

import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Operator;
import java.util.ArrayList;
import java.util.List;

/// What a node could be by mistake.
final class Faults {
  private final Expression node;
  private final List<Expression> faults = new ArrayList<>();

  Faults(Expression node) {
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
        add(Operator.DIVIDE, number(1), node.input(1));
        add(Operator.MULTIPLY, node.input(0), node.input(1));
      }
      case POWER -> power();
      case SQRT -> {
        only(0);
        outside();
      }
      case MAXIMUM, MINIMUM -> {
        only(0);
        only(1);
        boolean maximum = node.operation() == Operator.MAXIMUM;
        add(maximum ? Operator.MINIMUM : Operator.MAXIMUM, node.input(0), node.input(1));
      }
      case SELECT -> {
        only(1);
        only(2);
        add(Operator.SELECT, node.input(0), node.input(2), node.input(1));
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
    boolean plus = node.operation() == Operator.ADD;
    Expression a = node.input(0);
    Expression b = node.input(1);
    add(plus ? Operator.SUBTRACT : Operator.ADD, a, b);
    Expression negative = of(Operator.NEGATE, a);
    add(node.operation(), negative, b);
    faults.add(a);
    faults.add(plus ? b : of(Operator.NEGATE, b));
    inside(a, b);
    if (plus) {
      inside(b, a);
      if (b.operation() == Operator.MULTIPLY
          && b.input(1).operation() == Operator.SUBTRACT
          && b.input(1).input(1).equals(a)) {
        Expression weight = of(Operator.SUBTRACT, number(1), b.input(0));
        add(Operator.ADD, a, of(Operator.MULTIPLY, weight, b.input(1)));
      }
    }
  }

  /// √x + c as √(x + c)
  private void inside(Expression root, Expression constant) {
    if (root.operation() == Operator.SQRT && constant.inputs().isEmpty()) {
      add(Operator.SQRT, of(node.operation(), root.input(0), constant));
    }
  }

  /// √(x + c) as √x + c
  private void outside() {
    Expression sum = node.input(0);
    if (sum.operation() == Operator.ADD) {
      for (int i = 0; i < 2; i++) {
        if (sum.input(i).inputs().isEmpty()) {
          add(Operator.ADD, of(Operator.SQRT, sum.input(1 - i)), sum.input(i));
        }
      }
    }
  }

  private void power() {
    Expression base = node.input(0);
    Expression exponent = node.input(1);
    faults.add(base);
    if (exponent.operation() == Operator.NUMBER) {
      add(Operator.POWER, base, number(exponent.value() + 1));
      add(Operator.POWER, base, number(exponent.value() - 1));
    }
  }

  private void comparison() {
    Operator other =
        switch (node.operation()) {
          case LESS -> Operator.LESS_OR_EQUAL;
          case LESS_OR_EQUAL -> Operator.LESS;
          case GREATER -> Operator.GREATER_OR_EQUAL;
          case GREATER_OR_EQUAL -> Operator.GREATER;
          case EQUAL -> Operator.NOT_EQUAL;
          default -> Operator.EQUAL;
        };
    add(other, node.input(0), node.input(1));
    add(node.operation(), node.input(1), node.input(0));
  }

  /// A number changed here alone, t + 1 and t − 1 for t.
  private void ofInputs() {
    for (int i = 0; i < node.inputs().size(); i++) {
      Expression input = node.input(i);
      if (input.operation() == Operator.NUMBER && node.operation() != Operator.POWER) {
        with(i, number(changed(input.value())));
      } else if (input.operation() == Operator.VARIABLE && input.name().equals("t")) {
        with(i, of(Operator.ADD, input, number(1)));
        with(i, of(Operator.SUBTRACT, input, number(1)));
      }
    }
  }

  private void with(int index, Expression input) {
    Expression[] inputs = node.inputs().toArray(new Expression[0]);
    inputs[index] = input;
    faults.add(
        node.operation() == Operator.ARRAY
            ? Expression.of(node.function(), inputs)
            : of(node.operation(), inputs));
  }

  private static double changed(double value) {
    return value == Math.rint(value) ? value + 1 : value / 2;
  }

  /// One input alone.
  private void only(int input) {
    faults.add(node.input(input));
  }

  private void add(Operator operation, Expression... inputs) {
    faults.add(of(operation, inputs));
  }

  private static Expression of(Operator operation, Expression... inputs) {
    return Expression.of(operation, inputs);
  }

  private static Expression number(double value) {
    return Expression.number(value);
  }
}
