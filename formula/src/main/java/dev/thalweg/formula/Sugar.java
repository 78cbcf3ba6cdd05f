package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions that stand for a formula: the parser writes it out.
final class Sugar {
  /// Names, and how many arguments each takes at least and at most, in the same order.
  private static final List<String> NAMES =
      List.of("lerp", "clip", "square", "cbrt", "log2", "log10", "ln", "ceil", "rms", "pow");

  private static final int[] ARGUMENTS = {3, 3, 1, 1, 1, 1, 1, 1, 1, 2};

  private Sugar() {}

  static boolean isFunction(String name) {
    return NAMES.contains(name);
  }

  /// The arguments of a sugared function; -1 if there is none of the name.
  static int arguments(String name) {
    int index = NAMES.indexOf(name);
    return index < 0 ? -1 : ARGUMENTS[index];
  }

  /// How a function is called: `max(x, y)`.
  static String pattern(String name) {
    Operator operation = Operator.called(name);
    int arguments = operation == null ? arguments(name) : operation.arity();
    return name + (arguments == 1 ? "(x)" : arguments == 2 ? "(x, y)" : "(x, y, z)");
  }

  /// All names that can be called.
  static List<String> callable() {
    List<String> names = new ArrayList<>(Operator.functionNames());
    names.addAll(NAMES);
    return names;
  }

  /// What the call stands for; null if there is no such function.
  static @Nullable Expression expanded(String name, Expression[] x, Sharing sharing) {
    return switch (name) {
      case "lerp" ->
          add(x[0], multiply(x[2], sharing.of(Operator.SUBTRACT, x[1], x[0]), sharing), sharing);
      case "clip" -> sharing.of(Operator.MINIMUM, sharing.of(Operator.MAXIMUM, x[0], x[1]), x[2]);
      case "square" -> power(x[0], sharing.number(2), sharing);
      case "cbrt" ->
          multiply(
              sharing.of(Operator.SIGN, x[0]),
              power(
                  sharing.of(Operator.ABS, x[0]),
                  sharing.of(Operator.DIVIDE, sharing.number(1), sharing.number(3)),
                  sharing),
              sharing);
      case "log2" -> logarithm(x[0], 2, sharing);
      case "log10" -> logarithm(x[0], 10, sharing);
      case "ln" -> sharing.of(Operator.LOG, x[0]);
      case "ceil" ->
          sharing.of(
              Operator.NEGATE, sharing.of(Operator.FLOOR, sharing.of(Operator.NEGATE, x[0])));
      case "rms" ->
          sharing.of(
              Operator.SQRT, sharing.of(Operator.MEAN, power(x[0], sharing.number(2), sharing)));
      case "pow" -> power(x[0], x[1], sharing);
      default -> null;
    };
  }

  private static Expression add(Expression x, Expression y, Sharing sharing) {
    return sharing.of(Operator.ADD, x, y);
  }

  private static Expression multiply(Expression x, Expression y, Sharing sharing) {
    return sharing.of(Operator.MULTIPLY, x, y);
  }

  private static Expression power(Expression x, Expression y, Sharing sharing) {
    return sharing.of(Operator.POWER, x, y);
  }

  private static Expression logarithm(Expression x, double base, Sharing sharing) {
    return sharing.of(
        Operator.DIVIDE,
        sharing.of(Operator.LOG, x),
        sharing.of(Operator.LOG, sharing.number(base)));
  }
}
