package dev.thalweg.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Sets expressions in LaTeX's mathematics (with amsmath): quotients as fractions, `where` as
/// cases, names by [LatexNames].
///
/// `lerp(a, b, 1 - w)` is set as papers have it, w a + (1 − w) b, though it is computed as a + (1 −
/// w) (b − a).
final class LatexPrinter {
  private static final int COMPARISON = 1;
  private static final int SUM = 2;
  private static final int PRODUCT = 3;
  private static final int UNARY = 4;
  private static final int POWER = 5;
  private static final int OPERAND = 6;

  private final LatexNames names;
  private final StringBuilder out = new StringBuilder();

  /// What is still to be written: texts and nodes, the next one first.
  private final Deque<Object> open = new ArrayDeque<>();

  /// What is higher than a line, so that parentheses must grow.
  private final Set<Expression> tall = Collections.newSetFromMap(new IdentityHashMap<>());

  /// @param names all variables that the reader sees together
  LatexPrinter(Collection<String> names) {
    this.names = new LatexNames(names);
  }

  String name(String variable) {
    return names.of(variable);
  }

  String print(Expression expression) {
    for (Expression node : Order.of(expression)) {
      boolean grows = node.operation() == Operator.DIVIDE || node.operation() == Operator.SELECT;
      for (Expression input : node.inputs()) {
        grows |= tall.contains(input);
      }
      if (grows) {
        tall.add(node);
      }
    }
    out.setLength(0);
    open.push(expression);
    while (!open.isEmpty()) {
      Object next = open.pop();
      if (next instanceof Expression node) {
        write(node);
      } else {
        out.append(next);
      }
      if (out.length() > ExpressionPrinter.LONGEST) {
        open.clear();
        return out.append("\\ldots").toString();
      }
    }
    return out.toString();
  }

  private void write(Expression node) {
    Operator operation = node.operation();
    switch (operation) {
      case NUMBER -> out.append(number(node.value()));
      case VARIABLE -> out.append(names.of(node.name()));
      case ADD, SUBTRACT -> sum(node);
      case MULTIPLY -> {
        Expression right = node.input(1);
        put(right, UNARY, startsWithMinus(right));
        open.push(between(node.input(0), right));
        put(node.input(0), PRODUCT, false);
      }
      case DIVIDE -> pieces("\\frac{", node.input(0), "}{", node.input(1), "}");
      case NEGATE -> {
        put(node.input(0), PRODUCT, false);
        open.push("-");
      }
      case POWER -> power(node);
      case SQRT -> pieces("\\sqrt{", node.input(0), "}");
      case EXP -> pieces("e^{", node.input(0), "}");
      case ABS -> pieces("\\left|", node.input(0), "\\right|");
      case NORM -> pieces("\\left\\|", node.input(0), "\\right\\|");
      case GLOBAL_NORM -> pieces("\\left\\|", node.input(0), "\\right\\|_{\\mathrm{all}}");
      case MAX_NORM -> pieces("\\left\\|", node.input(0), "\\right\\|_{\\infty}");
      case GLOBAL_MAX_NORM ->
          pieces("\\left\\|", node.input(0), "\\right\\|_{\\infty,\\mathrm{all}}");
      case FLOOR -> pieces("\\left\\lfloor ", node.input(0), " \\right\\rfloor");
      case STEP -> pieces("\\left[", node.input(0), " > 0\\right]");
      case SELECT ->
          pieces(
              "\\begin{cases} ",
              node.input(1),
              " & \\text{if } ",
              node.input(0),
              " \\\\ ",
              node.input(2),
              " & \\text{otherwise} \\end{cases}");
      default -> {
        if (operation.isComparison()) {
          put(node.input(1), SUM, false);
          open.push(comparison(operation));
          put(node.input(0), SUM, false);
        } else {
          call(node);
        }
      }
    }
  }

  private void sum(Expression node) {
    Expression a = node.input(0);
    Expression right = node.input(1);
    if (node.operation() == Operator.ADD && isAverage(a, right)) {
      Expression w = right.input(0).input(1);
      Expression b = right.input(1).input(0);
      put(b, UNARY, startsWithMinus(b));
      open.push(startsWithDigit(b) ? ") \\cdot " : ") ");
      put(w, PRODUCT, startsWithMinus(w));
      open.push(" + (1 - ");
      put(a, UNARY, startsWithMinus(a));
      open.push(between(w, a));
      put(w, UNARY, false);
      return;
    }
    put(right, PRODUCT, startsWithMinus(right));
    open.push(node.operation() == Operator.ADD ? " + " : " - ");
    put(a, SUM, false);
  }

  /// Whether a + right is a + (1 − w) (b − a).
  private static boolean isAverage(Expression a, Expression right) {
    return right.operation() == Operator.MULTIPLY
        && right.input(0).operation() == Operator.SUBTRACT
        && right.input(0).input(0).isNumber(1)
        && !isComposed(right.input(0).input(1))
        && right.input(1).operation() == Operator.SUBTRACT
        && right.input(1).input(1).equals(a);
  }

  private static boolean isComposed(Expression w) {
    return w.operation() != Operator.VARIABLE && w.operation() != Operator.NUMBER;
  }

  private void power(Expression node) {
    Expression base = node.input(0);
    Expression exponent = node.input(1);
    String function = functionName(base.operation());
    boolean whole =
        exponent.operation() == Operator.NUMBER
            && exponent.value() >= 2
            && exponent.value() == Math.rint(exponent.value());
    if (isElementary(base.operation()) && whole) {
      arguments(base);
      pieces(function, "^{", exponent, "}");
      return;
    }
    pieces("^{", exponent, "}");
    put(base, OPERAND, false);
  }

  /// Whether a power of it is set as sin²(x).
  private static boolean isElementary(Operator operation) {
    return switch (operation) {
      case LOG, SIN, COS, TAN, SINH, COSH, TANH -> true;
      default -> false;
    };
  }

  private void call(Expression node) {
    arguments(node);
    open.push(
        node.operation() == Operator.ARRAY
            ? "\\operatorname{" + node.function().text().replace("_", "\\_") + "}"
            : functionName(node.operation()));
  }

  /// The arguments of a function in parentheses; those of `max(max(a, b), c)` in one list.
  private void arguments(Expression node) {
    Operator operation = node.operation();
    List<Expression> arguments = new ArrayList<>();
    Expression first = node;
    boolean nests = operation == Operator.MAXIMUM || operation == Operator.MINIMUM;
    while (nests && first.input(0).operation() == operation) {
      arguments.addFirst(first.input(1));
      first = first.input(0);
    }
    arguments.addAll(0, first.inputs());
    open.push(closing(node));
    for (int i = arguments.size() - 1; i >= 0; i--) {
      open.push(arguments.get(i));
      open.push(i == 0 ? opening(node) : ", ");
    }
  }

  private void put(Expression node, int least, boolean always) {
    int precedence = precedence(node);
    if (precedence == COMPARISON && least > COMPARISON) {
      pieces("\\left[", node, "\\right]");
    } else if (always || precedence < least) {
      pieces(opening(node), node, closing(node));
    } else {
      open.push(node);
    }
  }

  private void pieces(Object... pieces) {
    for (int i = pieces.length - 1; i >= 0; i--) {
      open.push(pieces[i]);
    }
  }

  private String opening(Expression node) {
    return tall.contains(node) ? "\\left(" : "(";
  }

  private String closing(Expression node) {
    return tall.contains(node) ? "\\right)" : ")";
  }

  private static int precedence(Expression node) {
    Operator operation = node.operation();
    return switch (operation) {
      case NUMBER -> {
        boolean signed = Double.doubleToRawLongBits(node.value()) < 0;
        yield signed ? UNARY : number(node.value()).contains("^") ? PRODUCT : OPERAND;
      }
      case ADD, SUBTRACT -> SUM;
      case MULTIPLY -> PRODUCT;
      case NEGATE -> UNARY;
      case POWER, DIVIDE, EXP, SELECT -> POWER;
      default -> {
        if (operation.isComparison()) {
          yield COMPARISON;
        }
        yield functionName(operation).startsWith("\\") ? POWER : OPERAND;
      }
    };
  }

  private static boolean startsWithMinus(Expression node) {
    Expression first = first(node);
    return first.operation() == Operator.NEGATE
        || (first.operation() == Operator.NUMBER && Double.doubleToRawLongBits(first.value()) < 0);
  }

  /// What separates two factors: nothing that is seen between symbols, a thin space beside a word.
  private String between(Expression left, Expression right) {
    if (startsWithDigit(right)) {
      return " \\cdot ";
    }
    Expression last = left;
    while (last.operation() == Operator.MULTIPLY) {
      last = last.input(1);
    }
    return isWord(last) || isWord(first(right)) ? " \\, " : " ";
  }

  private boolean isWord(Expression node) {
    return node.operation() == Operator.VARIABLE && names.of(node.name()).startsWith("\\mathrm");
  }

  private static boolean startsWithDigit(Expression node) {
    return first(node).operation() == Operator.NUMBER;
  }

  private static Expression first(Expression node) {
    Expression first = node;
    while (first.operation() == Operator.MULTIPLY || first.operation() == Operator.POWER) {
      first = first.input(0);
    }
    return first;
  }

  private static String comparison(Operator operation) {
    return switch (operation) {
      case LESS_OR_EQUAL -> " \\le ";
      case GREATER_OR_EQUAL -> " \\ge ";
      case EQUAL -> " = ";
      case NOT_EQUAL -> " \\ne ";
      default -> " " + operation.text() + " ";
    };
  }

  /// The name of what is set as a function; empty for what is not.
  private static String functionName(Operator operation) {
    return switch (operation) {
      case LOG, SIN, COS, TAN, SINH, COSH, TANH -> "\\" + operation.text();
      case MAXIMUM, MINIMUM -> "\\" + operation.text();
      case ASIN -> "\\arcsin";
      case ACOS -> "\\arccos";
      case ATAN -> "\\arctan";
      case SIGMOID -> "\\sigma";
      case SIGN, LOG1P, EXPM1, SOFTPLUS, ERF, RELU, SUM, MEAN ->
          "\\operatorname{" + operation.text() + "}";
      case GLOBAL_SUM -> "\\operatorname{sum}_{\\mathrm{all}}";
      case GLOBAL_MEAN -> "\\operatorname{mean}_{\\mathrm{all}}";
      default -> "";
    };
  }

  private static String number(double value) {
    String text = ExpressionPrinter.number(value);
    if (text.endsWith("pi")) {
      return text.replace("pi", "\\pi");
    }
    int e = text.indexOf('e');
    if (e < 0) {
      return text;
    }
    String mantissa = text.substring(0, e);
    String power = "10^{" + text.substring(e + 1) + "}";
    return switch (mantissa) {
      case "1" -> power;
      case "-1" -> "-" + power;
      default -> mantissa + " \\cdot " + power;
    };
  }
}
