package dev.thalweg.bench;

import java.util.List;

/// The right-hand side of an update rule, in float: a graph whose nodes are shared where a value is
/// used twice, equal only to themselves.
///
/// A plain class and an enum, where records and a sealed interface would read better: their
/// `hashCode` and pattern switches are linked by `invokedynamic`, which alone takes tens of
/// milliseconds in a new process.
final class Expression {

  /// What a node does with its inputs.
  enum Operation {
    /// The current element of array number `index`.
    ARRAY,
    /// Number `index`, the same for all elements.
    SCALAR,
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    /// The square root, rounded to float.
    ROOT
  }

  private final Operation operation;
  private final int index;
  private final List<Expression> inputs;

  private Expression(Operation operation, int index, List<Expression> inputs) {
    this.operation = operation;
    this.index = index;
    this.inputs = inputs;
  }

  static Expression array(int index) {
    return new Expression(Operation.ARRAY, index, List.of());
  }

  static Expression scalar(int index) {
    return new Expression(Operation.SCALAR, index, List.of());
  }

  Expression plus(Expression other) {
    return new Expression(Operation.ADD, 0, List.of(this, other));
  }

  Expression minus(Expression other) {
    return new Expression(Operation.SUBTRACT, 0, List.of(this, other));
  }

  Expression times(Expression other) {
    return new Expression(Operation.MULTIPLY, 0, List.of(this, other));
  }

  Expression over(Expression other) {
    return new Expression(Operation.DIVIDE, 0, List.of(this, other));
  }

  Expression sqrt() {
    return new Expression(Operation.ROOT, 0, List.of(this));
  }

  Operation operation() {
    return operation;
  }

  int index() {
    return index;
  }

  List<Expression> inputs() {
    return inputs;
  }
}
