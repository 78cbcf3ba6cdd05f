package dev.thalweg.formula;

import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the grammar of [Expression] by recursive descent. The depth of nesting is limited, so that
/// no text can overflow the stack; chains of operators are loops, of any length.
final class ExpressionParser {
  /// Deeper than anything meant.
  static final int DEEPEST = 200;

  /// Stands for Euler's number between its name and the power that must follow.
  private static final Expression EULER = Expression.number(Math.E);

  private final Tokens tokens;
  private final Sharing sharing;

  /// Whether functions of whole arrays may be called: in the lines of an update rule.
  private final boolean arrays;

  private int depth;

  ExpressionParser(String text, Sharing sharing) {
    this(new Tokens(text, 0, text.length()), sharing, false);
  }

  /// @param arrays whether functions of whole arrays may be called
  ExpressionParser(Tokens tokens, Sharing sharing, boolean arrays) {
    this.arrays = arrays;
    this.tokens = tokens;
    this.sharing = sharing;
  }

  /// The expression that is the whole text.
  Expression whole() {
    if (tokens.atEnd()) {
      throw tokens.error("expected a formula, found nothing");
    }
    Expression expression = comparison();
    if (!tokens.atEnd()) {
      throw tokens.unexpectedAfterOperand();
    }
    return expression;
  }

  private Expression comparison() {
    Expression left = sum();
    Operator operation = tokens.acceptComparison();
    if (operation == null) {
      return left;
    }
    Expression compared = sharing.of(operation, left, sum());
    if (tokens.peekComparison()) {
      throw tokens.error("comparisons can't be chained: write (a < b) * (b < c) for a < b < c");
    }
    return compared;
  }

  private Expression sum() {
    Expression left = product();
    while (true) {
      if (tokens.accept('+')) {
        left = sharing.of(Operator.ADD, left, product());
      } else if (tokens.accept('-')) {
        left = sharing.of(Operator.SUBTRACT, left, product());
      } else {
        return left;
      }
    }
  }

  private Expression product() {
    Expression left = unary();
    while (true) {
      if (tokens.acceptTimes()) {
        left = sharing.of(Operator.MULTIPLY, left, unary());
      } else if (tokens.accept('/')) {
        left = sharing.of(Operator.DIVIDE, left, unary());
      } else {
        return left;
      }
    }
  }

  private Expression unary() {
    deeper();
    Expression result;
    if (tokens.accept('-')) {
      result = sharing.of(Operator.NEGATE, unary());
    } else if (tokens.accept('+')) {
      result = unary();
    } else {
      result = power();
    }
    depth--;
    return result;
  }

  private Expression power() {
    int start = tokens.next();
    Expression base = operand();
    int exponent = tokens.acceptSuperscript();
    if (exponent != Tokens.NO_EXPONENT) {
      base = raised(base, sharing.number(exponent));
    }
    if (tokens.acceptPower()) {
      base = raised(base, unary());
    }
    if (base.is(EULER)) {
      throw tokens.error(
          "e is kept for powers of Euler's number, e^x: write exp(1) for the number itself, or"
              + " choose another name",
          start);
    }
    return base;
  }

  private Expression raised(Expression base, Expression exponent) {
    return base.is(EULER)
        ? sharing.of(Operator.EXP, exponent)
        : sharing.of(Operator.POWER, base, exponent);
  }

  private Expression operand() {
    int start = tokens.next();
    if (tokens.accept('(')) {
      deeper();
      Expression inner = comparison();
      tokens.close(start);
      depth--;
      return inner;
    }
    if (tokens.accept('√')) {
      deeper();
      Expression root = sharing.of(Operator.SQRT, operand());
      depth--;
      return root;
    }
    if (tokens.atNumber()) {
      return sharing.number(tokens.number());
    }
    String name = tokens.name();
    if (name == null) {
      throw tokens.missingOperand();
    }
    if (tokens.accept('(')) {
      return call(name, start);
    }
    if (Names.isPi(name)) {
      return sharing.number(Math.PI);
    }
    if (name.equals("e")) {
      return EULER;
    }
    if (Names.isReserved(name)) {
      throw tokens.error(name + " is a function: write " + Sugar.pattern(name), start);
    }
    return sharing.variable(name);
  }

  private Expression call(String name, int start) {
    deeper();
    int open = tokens.last();
    List<Expression> arguments = new ArrayList<>();
    if (tokens.accept(')')) {
      throw tokens.error(name + " has no arguments", start);
    }
    do {
      arguments.add(comparison());
    } while (tokens.accept(','));
    tokens.close(open);
    depth--;
    return called(name, arguments, start);
  }

  private Expression called(String name, List<Expression> arguments, int start) {
    ArrayOperator function = arrays ? ArrayOperator.called(name) : null;
    if (function != null) {
      return ofArrays(function, arguments, start);
    }
    Operator operation = Operator.called(name);
    boolean several = operation == Operator.MAXIMUM || operation == Operator.MINIMUM;
    int expected = operation != null ? operation.arity() : Sugar.arguments(name);
    if (expected < 0) {
      throw unknown(name, start);
    }
    if (several ? arguments.size() < 2 : arguments.size() != expected) {
      throw count(name, several ? "at least 2" : String.valueOf(expected), arguments, start);
    }
    if (operation == null) {
      @Nullable Expression expanded = Sugar.expanded(name, Expression.array(arguments), sharing);
      if (expanded == null) {
        throw unknown(name, start);
      }
      return expanded;
    }
    if (!several) {
      return sharing.of(operation, Expression.array(arguments));
    }
    Expression result = arguments.getFirst();
    for (int i = 1; i < arguments.size(); i++) {
      result = sharing.of(operation, result, arguments.get(i));
    }
    return result;
  }

  private Expression ofArrays(ArrayOperator function, List<Expression> arguments, int start) {
    if (!function.takes(arguments.size())) {
      throw count(function.text(), function.expected(), arguments, start);
    }
    return sharing.one(Expression.of(function, Expression.array(arguments)));
  }

  private SyntaxException count(
      String name, String expected, List<Expression> arguments, int start) {
    return tokens.error(
        name
            + ": expected "
            + expected
            + (expected.equals("1") ? " argument" : " arguments")
            + ", found "
            + arguments.size(),
        start);
  }

  private SyntaxException unknown(String name, int start) {
    List<String> callable = new ArrayList<>(Sugar.callable());
    if (arrays) {
      callable.addAll(ArrayOperator.names());
    }
    String sentence = Nearest.sentence("function", CallValue.shortened(name), callable);
    boolean meant = sentence.contains("did you mean");
    return tokens.error(meant ? sentence : sentence + "; to multiply, write *", start);
  }

  private void deeper() {
    if (++depth > DEEPEST) {
      throw tokens.error("nested deeper than " + DEEPEST);
    }
  }
}
