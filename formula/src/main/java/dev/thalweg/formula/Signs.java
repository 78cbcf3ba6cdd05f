package dev.thalweg.formula;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;

/// What is known of an expression's value wherever it is defined: whether it can be negative,
/// positive or zero, and whether it is defined everywhere. As if numbers were real: that eˣ
/// overflows or vanishes far out doesn't count.
final class Signs {
  /// Defined for all values of the variables.
  static final int TOTAL = 1;

  /// Never below 0.
  static final int NOT_NEGATIVE = 2;

  /// Never above 0.
  static final int NOT_POSITIVE = 4;

  /// Never 0.
  static final int NOT_ZERO = 8;

  static final int POSITIVE = NOT_NEGATIVE | NOT_ZERO;

  private static final int SIGN = NOT_NEGATIVE | NOT_POSITIVE | NOT_ZERO;

  private final IdentityHashMap<Expression, Integer> known = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Integer> assumed = new IdentityHashMap<>();

  /// Takes for granted what holds wherever the formula at hand is defined, and what follows for the
  /// parts.
  void assume(Expression expression, int flags) {
    Deque<Expression> open = new ArrayDeque<>();
    open.push(expression);
    int sign = flags;
    while (!open.isEmpty()) {
      Expression node = open.pop();
      known.remove(node);
      assumed.put(node, assumed.getOrDefault(node, 0) | sign);
      sign = NOT_ZERO;
      if ((flags & NOT_ZERO) == 0) {
        return;
      }
      switch (node.operation()) {
        case MULTIPLY -> {
          open.push(node.input(0));
          open.push(node.input(1));
        }
        case DIVIDE, NEGATE, ABS, SIGN, SQRT -> open.push(node.input(0));
        case POWER -> {
          if (node.input(1).operation() == Operator.NUMBER && node.input(1).value() > 0) {
            open.push(node.input(0));
          }
        }
        default -> {}
      }
    }
  }

  /// Forgets what was concluded before the last assumption.
  void reconsider() {
    known.clear();
  }

  /// Whether all of the flags are known.
  boolean is(Expression expression, int flags) {
    return (of(expression) & flags) == flags;
  }

  private int of(Expression node) {
    Integer flags = known.get(node);
    if (flags == null) {
      for (Expression below : Order.without(known.keySet(), List.of(node))) {
        known.put(below, found(below) | assumed.getOrDefault(below, 0));
      }
      flags = known.getOrDefault(node, 0);
    }
    return flags;
  }

  private int input(Expression node, int index) {
    return known.getOrDefault(node.input(index), 0);
  }

  private int found(Expression node) {
    Operator operation = node.operation();
    return switch (operation) {
      case NUMBER -> TOTAL | ofNumber(node.value());
      case VARIABLE -> TOTAL;
      case ADD -> ofSum(input(node, 0), input(node, 1));
      case SUBTRACT -> ofSum(input(node, 0), negated(input(node, 1)));
      case NEGATE -> negated(input(node, 0));
      case MULTIPLY -> ofProduct(input(node, 0), input(node, 1));
      case DIVIDE -> {
        int flags = ofProduct(input(node, 0), input(node, 1) | NOT_ZERO);
        yield has(input(node, 1), NOT_ZERO) ? flags : flags & ~TOTAL;
      }
      case POWER -> ofPower(node);
      case SQRT -> {
        int flags = input(node, 0);
        yield NOT_NEGATIVE | (flags & NOT_ZERO) | (has(flags, TOTAL | NOT_NEGATIVE) ? TOTAL : 0);
      }
      case EXP, SIGMOID, SOFTPLUS, COSH -> (input(node, 0) & TOTAL) | POSITIVE;
      case LOG -> has(input(node, 0), TOTAL | POSITIVE) ? TOTAL : 0;
      case LOG1P -> {
        int flags = input(node, 0);
        yield has(flags, TOTAL | NOT_NEGATIVE) ? flags : flags & ~TOTAL;
      }
      case ABS, NORM, MAX_NORM, GLOBAL_NORM, GLOBAL_MAX_NORM ->
          (input(node, 0) & (TOTAL | NOT_ZERO)) | NOT_NEGATIVE;
      case SIGN, ATAN, SINH, TANH, EXPM1, ERF, SUM, MEAN, GLOBAL_SUM, GLOBAL_MEAN ->
          operation.isReduction() ? input(node, 0) & ~NOT_ZERO : input(node, 0);
      case ASIN -> input(node, 0) & SIGN;
      case ACOS -> NOT_NEGATIVE;
      case SIN, COS -> input(node, 0) & TOTAL;
      case TAN -> 0;
      case RELU -> (input(node, 0) & TOTAL) | NOT_NEGATIVE;
      case STEP, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL ->
          TOTAL | NOT_NEGATIVE;
      case FLOOR -> input(node, 0) & (TOTAL | NOT_NEGATIVE);
      case MAXIMUM -> ofMaximum(input(node, 0), input(node, 1));
      case MINIMUM -> negated(ofMaximum(negated(input(node, 0)), negated(input(node, 1))));
      case SELECT -> input(node, 1) & input(node, 2);
      case ARRAY -> 0;
    };
  }

  private static int ofNumber(double value) {
    if (value == 0) {
      return NOT_NEGATIVE | NOT_POSITIVE;
    }
    return NOT_ZERO | (value > 0 ? NOT_NEGATIVE : NOT_POSITIVE);
  }

  private static int ofSum(int a, int b) {
    int both = a & b & (TOTAL | NOT_NEGATIVE | NOT_POSITIVE);
    boolean sameSide = (both & (NOT_NEGATIVE | NOT_POSITIVE)) != 0;
    return both | (sameSide ? (a | b) & NOT_ZERO : 0);
  }

  private static int ofProduct(int a, int b) {
    int flags = a & b & (TOTAL | NOT_ZERO);
    if ((has(a, NOT_NEGATIVE) && has(b, NOT_NEGATIVE))
        || (has(a, NOT_POSITIVE) && has(b, NOT_POSITIVE))) {
      flags |= NOT_NEGATIVE;
    }
    if ((has(a, NOT_NEGATIVE) && has(b, NOT_POSITIVE))
        || (has(a, NOT_POSITIVE) && has(b, NOT_NEGATIVE))) {
      flags |= NOT_POSITIVE;
    }
    return flags;
  }

  private int ofPower(Expression node) {
    int base = input(node, 0);
    int exponent = input(node, 1);
    int flags = has(base, NOT_NEGATIVE) ? base & POSITIVE : 0;
    if (has(base, TOTAL | POSITIVE) && has(exponent, TOTAL)) {
      return flags | TOTAL;
    }
    Ratio constant = Products.constant(node.input(1));
    if (constant == null) {
      return flags;
    }
    flags |= base & NOT_ZERO;
    if (constant.isEven()) {
      flags |= NOT_NEGATIVE;
    }
    boolean defined =
        has(base, TOTAL)
            && (constant.isWhole() || has(base, NOT_NEGATIVE))
            && (!constant.isNegative() || has(base, NOT_ZERO));
    return flags | (defined ? TOTAL : 0);
  }

  private static int ofMaximum(int a, int b) {
    int flags = (a & b) | ((a | b) & NOT_NEGATIVE);
    return has(a, POSITIVE) || has(b, POSITIVE) ? flags | NOT_ZERO : flags;
  }

  private static int negated(int flags) {
    int rest = flags & (TOTAL | NOT_ZERO);
    rest |= has(flags, NOT_NEGATIVE) ? NOT_POSITIVE : 0;
    return rest | (has(flags, NOT_POSITIVE) ? NOT_NEGATIVE : 0);
  }

  private static boolean has(int flags, int all) {
    return (flags & all) == all;
  }
}
