package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.loop.LoopNode.Operation;
import java.util.Arrays;

/// What a program makes of elements where one of its arrays is +0: concluded from its operations
/// and the numbers of the step, for any elements of the other arrays.
///
/// An update rule whose gradient is 0 may leave the parameter and what is kept for it as they are:
/// `p − lr · 0` is p, `s + 0²` is s, `where(0 ≠ 0, …, m)` is m. Then nobody need carry it out for
/// rows of a table that have no gradient. `0.9 · m + 0.1 · 0` is not m.
///
/// It is concluded for elements that are finite and results that do not overflow. That x + 0 is x
/// holds but for the sign of a zero, −0 + 0 being +0: see [#signs].
///
/// An object is for one caller at a time.
public final class AtZero {
  private final LoopListing listing;
  private final int zero;
  private final Fact[] facts;

  /// By value: the number that it is, or the array that it is as it was.
  private final double[] numbers;

  /// By array: whether its elements are never below 0.
  private final boolean[] notNegative;

  /// By array: whether its −0 may become +0.
  private final boolean[] signs;

  /// Whether the array is +0; else it is any.
  private boolean atZero = true;

  private boolean narrow;

  /// Whether the numbers of the step are.
  private boolean known;

  /// What is known of a value.
  private enum Fact {
    /// It is a number, the sign of 0 included.
    NUMBER,
    /// It is +0 or −0.
    ZERO,
    /// It is the element of an array.
    SAME,
    /// It is the element of an array, or +0 where that is −0.
    ALMOST,
    /// It is above 0.
    POSITIVE,
    /// It is not below 0.
    NOT_NEGATIVE,
    /// It is finite.
    FINITE,
    /// Nothing.
    ANY
  }

  /// A program one of whose arrays has nothing but +0.
  ///
  /// @param array the number of that one
  public AtZero(LoopProgram program, int array) {
    this(program, array, new boolean[program.arrays()]);
  }

  /// The same where elements of some arrays begin at 0 or above: of those that the program never
  /// takes below it is known, so that √(s + ε) is above 0.
  ///
  /// @param begins by array: whether it begins so
  public AtZero(LoopProgram program, int array, boolean[] begins) {
    listing = new LoopListing(program);
    zero = array;
    facts = new Fact[listing.size()];
    numbers = new double[listing.size()];
    signs = new boolean[listing.arrays()];
    notNegative = begins.clone();
    boolean stays = false;
    while (!stays) {
      stays = staysNotNegative();
    }
    atZero = true;
  }

  /// Takes away what a step may take below 0, if all else is not; whether there was nothing.
  private boolean staysNotNegative() {
    atZero = false;
    known = false;
    for (int i = 0; i < facts.length; i++) {
      conclude(i, 0);
    }
    boolean stays = true;
    for (int i = 0; i < listing.stores(); i++) {
      int array = listing.storeArray(i);
      if (notNegative[array] && !isNotNegative(listing.storeValue(i))) {
        notNegative[array] = false;
        stays = false;
      }
    }
    return stays;
  }

  /// Whether all that is stored in F32 is what was there.
  public boolean changesNothing(float[] scalars) {
    narrow = true;
    known = true;
    for (int i = 0; i < facts.length; i++) {
      conclude(i, isScalar(i) ? scalars[listing.index(i)] : 0);
    }
    return storesSame();
  }

  /// Whether all that is stored in F64 is what was there.
  public boolean changesNothing(double[] scalars) {
    narrow = false;
    known = true;
    for (int i = 0; i < facts.length; i++) {
      conclude(i, isScalar(i) ? scalars[listing.index(i)] : 0);
    }
    return storesSame();
  }

  /// Whether all that is stored is 0, whatever the scalars are as long as they are finite.
  public boolean storesZero() {
    narrow = false;
    known = false;
    for (int i = 0; i < facts.length; i++) {
      conclude(i, 0);
    }
    for (int i = 0; i < listing.stores(); i++) {
      if (!isZero(listing.storeValue(i))) {
        return false;
      }
    }
    return true;
  }

  /// By array: whether one that is left as it is may be so but for the sign of a zero, −0 becoming
  /// +0. Of the last question, in one array for all of them.
  public boolean[] signs() {
    return signs;
  }

  private boolean isScalar(int value) {
    return listing.operation(value) == Operation.SCALAR;
  }

  private boolean storesSame() {
    Arrays.fill(signs, false);
    for (int i = 0; i < listing.stores(); i++) {
      int value = listing.storeValue(i);
      int array = listing.storeArray(i);
      boolean same =
          array == zero
              ? facts[value] == Fact.NUMBER && isPlusZero(numbers[value])
              : isElement(value) && numbers[value] == array;
      if (!same) {
        return false;
      }
      signs[array] = facts[value] == Fact.ALMOST;
    }
    return true;
  }

  private static boolean isPlusZero(double x) {
    return Double.doubleToRawLongBits(x) == 0;
  }

  private boolean isElement(int value) {
    return facts[value] == Fact.SAME || facts[value] == Fact.ALMOST;
  }

  private boolean isNumber(int value) {
    return facts[value] == Fact.NUMBER;
  }

  private boolean isZero(int value) {
    return facts[value] == Fact.ZERO || (isNumber(value) && numbers[value] == 0);
  }

  private boolean isFinite(int value) {
    return isNumber(value) ? Double.isFinite(numbers[value]) : facts[value] != Fact.ANY;
  }

  private boolean isPositive(int value) {
    return facts[value] == Fact.POSITIVE || (isNumber(value) && numbers[value] > 0);
  }

  private boolean isNotNegative(int value) {
    return isPositive(value)
        || isZero(value)
        || facts[value] == Fact.NOT_NEGATIVE
        || (isElement(value) && notNegative[(int) numbers[value]]);
  }

  private void is(int value, Fact fact) {
    facts[value] = fact;
    numbers[value] = 0;
  }

  private void isNumber(int value, double number) {
    facts[value] = Fact.NUMBER;
    numbers[value] = narrow ? LoopNode.rounded(number) : number;
  }

  private void isAs(int value, int other) {
    facts[value] = facts[other];
    numbers[value] = numbers[other];
  }

  /// @param scalar the number of the step, where the value is one and it is known
  private void conclude(int value, double scalar) {
    switch (listing.operation(value)) {
      case ARRAY -> {
        if (listing.index(value) == zero && !atZero) {
          is(value, Fact.FINITE);
        } else if (listing.index(value) == zero) {
          isNumber(value, 0);
        } else {
          facts[value] = Fact.SAME;
          numbers[value] = listing.index(value);
        }
      }
      case SCALAR -> {
        if (known) {
          isNumber(value, scalar);
        } else {
          is(value, Fact.FINITE);
        }
      }
      case CONSTANT -> isNumber(value, listing.constant(value));
      case SELECT ->
          select(value, listing.input(value, 0), listing.input(value, 1), listing.input(value, 2));
      default -> {
        int x = listing.input(value, 0);
        if (listing.operation(value).inputs() == 1) {
          unary(value, x);
        } else {
          binary(value, x, listing.input(value, 1));
        }
      }
    }
  }

  private void select(int value, int condition, int x, int y) {
    if (isPositive(condition) || (isNumber(condition) && numbers[condition] != 0)) {
      isAs(value, x);
    } else if (isZero(condition)) {
      isAs(value, y);
    } else if (x == y || (facts[x] == facts[y] && numbers[x] == numbers[y] && isElement(x))) {
      isAs(value, x);
    } else if (isPositive(x) && isPositive(y)) {
      is(value, Fact.POSITIVE);
    } else if (isNotNegative(x) && isNotNegative(y)) {
      is(value, Fact.NOT_NEGATIVE);
    } else {
      is(value, isFinite(x) && isFinite(y) ? Fact.FINITE : Fact.ANY);
    }
  }

  private void unary(int value, int x) {
    Operation operation = listing.operation(value);
    switch (operation) {
      case NEGATE -> {
        if (isNumber(x)) {
          isNumber(value, -numbers[x]);
        } else {
          is(value, isZero(x) ? Fact.ZERO : isFinite(x) ? Fact.FINITE : Fact.ANY);
        }
      }
      case ABS -> {
        if (isNumber(x) || isZero(x)) {
          isNumber(value, Math.abs(numbers[x]));
        } else {
          is(value, isPositive(x) ? Fact.POSITIVE : isFinite(x) ? Fact.NOT_NEGATIVE : Fact.ANY);
        }
      }
      case SQRT -> {
        if (isNumber(x)) {
          isNumber(value, Math.sqrt(numbers[x]));
        } else if (isZero(x) || isPositive(x)) {
          is(value, facts[x]);
        } else {
          is(value, isFinite(x) ? Fact.NOT_NEGATIVE : Fact.ANY);
        }
      }
      case SIGN, FLOOR, SIN, TAN, ASIN, ATAN, SINH, TANH, EXPM1, LOG1P, ERF -> {
        if (isZero(x)) {
          isAs(value, x); // each is ±0 where x is
        } else {
          boolean bounded =
              operation == Operation.SIGN
                  || operation == Operation.FLOOR
                  || operation == Operation.TANH
                  || operation == Operation.ERF;
          is(value, bounded && isFinite(x) ? Fact.FINITE : Fact.ANY);
        }
      }
      case STEP -> {
        if (isNumber(x) || isZero(x) || isPositive(x)) {
          isNumber(value, isPositive(x) ? 1 : 0);
        } else {
          is(value, Fact.NOT_NEGATIVE);
        }
      }
      case SIGMOID -> is(value, Fact.NOT_NEGATIVE);
      default -> is(value, Fact.ANY);
    }
  }

  private void binary(int value, int x, int y) {
    switch (listing.operation(value)) {
      case ADD -> add(value, x, y);
      case SUBTRACT -> subtract(value, x, y);
      case MULTIPLY -> multiply(value, x, y);
      case DIVIDE -> divide(value, x, y);
      case MAXIMUM -> {
        if (isNumber(x) && isNumber(y)) {
          isNumber(value, Math.max(numbers[x], numbers[y]));
        } else if (!isFinite(x) || !isFinite(y)) {
          is(value, Fact.ANY);
        } else if (isPositive(x) || isPositive(y)) {
          is(value, Fact.POSITIVE);
        } else {
          is(value, isNotNegative(x) || isNotNegative(y) ? Fact.NOT_NEGATIVE : Fact.FINITE);
        }
      }
      case MINIMUM -> {
        if (isNumber(x) && isNumber(y)) {
          isNumber(value, Math.min(numbers[x], numbers[y]));
        } else if (!isFinite(x) || !isFinite(y)) {
          is(value, Fact.ANY);
        } else if (isPositive(x) && isPositive(y)) {
          is(value, Fact.POSITIVE);
        } else {
          is(value, isNotNegative(x) && isNotNegative(y) ? Fact.NOT_NEGATIVE : Fact.FINITE);
        }
      }
      case POWER -> {
        if (isZero(x) && isPositive(y)) {
          is(value, Fact.ZERO);
        } else {
          is(value, Fact.ANY);
        }
      }
      case LESS, LESS_OR_EQUAL, EQUAL -> compare(value, x, y);
      default -> is(value, Fact.ANY);
    }
  }

  private void add(int value, int x, int y) {
    if (isNumber(x) && isNumber(y)) {
      isNumber(value, numbers[x] + numbers[y]);
    } else if (isZero(y)) {
      plusZero(value, x, isNumber(y) && !isPlusZero(numbers[y]));
    } else if (isZero(x)) {
      plusZero(value, y, isNumber(x) && !isPlusZero(numbers[x]));
    } else if (!isFinite(x) || !isFinite(y)) {
      is(value, Fact.ANY);
    } else if (isNotNegative(x) && isNotNegative(y)) {
      is(value, isPositive(x) || isPositive(y) ? Fact.POSITIVE : Fact.NOT_NEGATIVE);
    } else {
      is(value, Fact.FINITE);
    }
  }

  private void subtract(int value, int x, int y) {
    if (isNumber(x) && isNumber(y)) {
      isNumber(value, numbers[x] - numbers[y]);
    } else if (isZero(y)) {
      plusZero(value, x, isNumber(y) && isPlusZero(numbers[y]));
    } else {
      is(value, isFinite(x) && isFinite(y) ? Fact.FINITE : Fact.ANY);
    }
  }

  /// x + 0 or x − 0, where −0 stays −0 or may become +0.
  private void plusZero(int value, int x, boolean exact) {
    isAs(value, x);
    if (facts[x] == Fact.SAME && !exact) {
      facts[value] = Fact.ALMOST;
    }
  }

  private void multiply(int value, int x, int y) {
    if (isNumber(x) && isNumber(y)) {
      isNumber(value, numbers[x] * numbers[y]);
    } else if (isNumber(x) && numbers[x] == 1) {
      isAs(value, y);
    } else if (isNumber(y) && numbers[y] == 1) {
      isAs(value, x);
    } else if (!isFinite(x) || !isFinite(y)) {
      is(value, Fact.ANY);
    } else if (isZero(x) || isZero(y)) {
      int zeros = isZero(x) ? x : y;
      int other = isZero(x) ? y : x;
      if (isNumber(zeros) && isPositive(other)) {
        isNumber(value, numbers[zeros]);
      } else {
        is(value, Fact.ZERO);
      }
    } else {
      // a product of two above 0 may vanish
      is(value, x == y || (isNotNegative(x) && isNotNegative(y)) ? Fact.NOT_NEGATIVE : Fact.FINITE);
    }
  }

  private void divide(int value, int x, int y) {
    if (isNumber(x) && isNumber(y)) {
      isNumber(value, numbers[x] / numbers[y]);
    } else if (isNumber(y) && numbers[y] == 1) {
      isAs(value, x);
    } else if (isZero(x) && isPositive(y)) {
      isAs(value, x);
    } else if (isZero(x) && isNumber(y) && numbers[y] < 0) {
      is(value, Fact.ZERO);
    } else if (isPositive(y) && isFinite(x)) {
      is(value, isNotNegative(x) ? Fact.NOT_NEGATIVE : Fact.FINITE);
    } else {
      is(value, isFinite(x) && isNumber(y) && numbers[y] != 0 ? Fact.FINITE : Fact.ANY);
    }
  }

  private void compare(int value, int x, int y) {
    boolean known = (isNumber(x) || isZero(x)) && (isNumber(y) || isZero(y));
    Operation operation = listing.operation(value);
    if (known) {
      boolean is =
          switch (operation) {
            case LESS -> numbers[x] < numbers[y];
            case LESS_OR_EQUAL -> numbers[x] <= numbers[y];
            default -> numbers[x] == numbers[y];
          };
      isNumber(value, is ? 1 : 0);
    } else if (operation == Operation.LESS && isZero(x) && isPositive(y)) {
      isNumber(value, 1);
    } else {
      is(value, Fact.NOT_NEGATIVE);
    }
  }
}
