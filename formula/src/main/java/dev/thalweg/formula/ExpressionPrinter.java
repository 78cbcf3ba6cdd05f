package dev.thalweg.formula;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// Writes an expression as text with no more parentheses than the grammar of [Expression] needs,
/// but around a minus that follows `+` or `-`.
final class ExpressionPrinter {
  /// More than anybody reads: what shares its parts can be of any length once written out.
  static final int LONGEST = 10_000_000;

  private static final int COMPARISON = 1;
  private static final int SUM = 2;
  private static final int PRODUCT = 3;
  private static final int UNARY = 4;
  private static final int POWER = 5;
  private static final int OPERAND = 6;

  private final StringBuilder out = new StringBuilder();
  private final int longest;

  /// What is still to be written: texts and nodes, the next one first.
  private final Deque<Object> open = new ArrayDeque<>();

  ExpressionPrinter() {
    this(LONGEST);
  }

  /// Breaks off with `…` where the text would be longer.
  ExpressionPrinter(int longest) {
    this.longest = longest;
  }

  String print(Expression expression) {
    open.push(expression);
    while (!open.isEmpty()) {
      Object next = open.pop();
      if (next instanceof Expression node) {
        write(node);
      } else {
        out.append(next);
      }
      if (out.length() > longest) {
        out.setLength(longest);
        return out.append('…').toString();
      }
    }
    return out.toString();
  }

  private void write(Expression node) {
    Operator operation = node.operation();
    switch (operation) {
      case NUMBER -> out.append(number(node.value()));
      case VARIABLE -> out.append(node.name());
      case ADD, SUBTRACT -> {
        infix(node, SUM, PRODUCT, startsWithMinus(node.input(1)));
      }
      case MULTIPLY, DIVIDE -> infix(node, PRODUCT, UNARY, false);
      case NEGATE -> {
        put(node.input(0), POWER, false);
        open.push("-");
      }
      case POWER -> {
        put(node.input(1), UNARY, false);
        open.push("^");
        put(node.input(0), OPERAND, false);
      }
      default -> {
        if (operation.isComparison()) {
          infix(node, SUM, SUM, false);
        } else {
          boolean array = operation == Operator.ARRAY;
          call(array ? node.function().text() : operation.text(), node.inputs());
        }
      }
    }
  }

  private void infix(Expression node, int left, int right, boolean parentheses) {
    put(node.input(1), right, parentheses);
    open.push(" ");
    open.push(node.operation().text());
    open.push(" ");
    put(node.input(0), left, false);
  }

  private void call(String name, List<Expression> inputs) {
    open.push(")");
    for (int i = inputs.size() - 1; i >= 0; i--) {
      open.push(inputs.get(i));
      open.push(i == 0 ? "(" : ", ");
    }
    open.push(name);
  }

  private void put(Expression node, int least, boolean always) {
    if (always || precedence(node) < least) {
      open.push(")");
      open.push(node);
      open.push("(");
    } else {
      open.push(node);
    }
  }

  private static boolean startsWithMinus(Expression node) {
    Expression first = node;
    while (precedence(first) == PRODUCT) {
      first = first.input(0);
    }
    return precedence(first) == UNARY;
  }

  private static int precedence(Expression node) {
    Operator operation = node.operation();
    return switch (operation) {
      case NUMBER -> Double.doubleToRawLongBits(node.value()) < 0 ? UNARY : OPERAND;
      case ADD, SUBTRACT -> SUM;
      case MULTIPLY, DIVIDE -> PRODUCT;
      case NEGATE -> UNARY;
      case POWER -> POWER;
      default -> operation.isComparison() ? COMPARISON : OPERAND;
    };
  }

  /// The shortest text that reads back as this number: `3`, `0.001`, `1e-5`, `pi`.
  static String number(double value) {
    if (Math.abs(value) == Math.PI) {
      return value < 0 ? "-pi" : "pi";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      String whole = Long.toString((long) Math.abs(value));
      return Double.doubleToRawLongBits(value) < 0 ? "-".concat(whole) : whole;
    }
    String text = Double.toString(value).toLowerCase(Locale.ROOT);
    int exponent = text.indexOf('e');
    if (exponent > 2 && text.startsWith(".0", exponent - 2)) {
      return new StringBuilder(text).delete(exponent - 2, exponent).toString();
    }
    return text;
  }
}
