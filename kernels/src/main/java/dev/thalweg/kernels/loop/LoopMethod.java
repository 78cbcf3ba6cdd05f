package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.loop.LoopNode.Operation;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.Locale;
import java.util.function.Consumer;

/// The code of `run` in one precision: every array and every value of the program in a local
/// variable, and in such a form that C2 vectorises the loop.
///
/// Three things are not as one would write them; all keep the bits:
///
/// * Sign, step and comparisons are arithmetic on `Math.signum` and a conversion to int and back,
///   which takes NaN to 0. C2 vectorises these, but no `?:`.
/// * A sum of two products, or of any two values made by one operation, is a difference with the
///   sign of one changed: x + y = x − (−y). C2 sorts the inputs of commutative operations, each
///   copy of an unrolled loop by itself. Where it can't tell the inputs apart, it may pair the
///   first product of one copy with the second of the next, and gives up: `m * a + g * b` beside `m
///   * c + g * d` takes 0.7 ns instead of 0.1.
/// * Likewise a product of two such values, as −(x (−y)).
/// * x − y becomes x + (−y), and x / y becomes −(x / −y), where y is also added to or multiplied by
///   what is the same for all elements: C2 puts y first there, and where it is second elsewhere it
///   may end up with vectors of 4, 2 and 1.
final class LoopMethod implements Consumer<CodeBuilder> {
  // the local variables of run: this, its arguments, the index, then arrays, then values
  private static final int ARRAYS = 1;
  private static final int SCALARS = 2;
  private static final int FROM = 3;
  private static final int TO = 4;
  private static final int INDEX = 5;
  private static final int FREE = 6;

  private final LoopListing listing;
  private final boolean narrow;
  private final boolean lines;

  /// Values that are computed with their sign changed.
  private final boolean[] negated;

  /// Values that are added to or multiplied by one that is the same for all elements.
  private final boolean[] scaled;

  LoopMethod(LoopListing listing, boolean narrow, boolean lines) {
    this.listing = listing;
    this.narrow = narrow;
    this.lines = lines;
    negated = new boolean[listing.size()];
    scaled = new boolean[listing.size()];
    chooseNegated();
    findScaled();
  }

  @Override
  public void accept(CodeBuilder code) {
    ElementCode element = new ElementCode(code, narrow);
    for (int i = 0; i < listing.arrays(); i++) {
      code.aload(ARRAYS).loadConstant(i).aaload().astore(FREE + i);
    }
    for (int i = 0; i < listing.size(); i++) {
      if (listing.operation(i) == Operation.SCALAR) {
        code.aload(SCALARS).loadConstant(listing.index(i));
        element.loadElement();
        element.store(variable(i));
      }
    }
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.iload(FROM).istore(INDEX);
    code.labelBinding(top).iload(INDEX).iload(TO).if_icmpge(end);
    for (int i = 0; i < listing.size(); i++) {
      if (lines && listing.line(i) > 0) {
        code.lineNumber(listing.line(i));
      }
      Operation operation = listing.operation(i);
      if (operation != Operation.SCALAR && operation != Operation.CONSTANT) {
        compute(code, element, i);
        element.store(variable(i));
      }
    }
    for (int i = 0; i < listing.stores(); i++) {
      code.aload(FREE + listing.storeArray(i)).iload(INDEX);
      load(element, listing.storeValue(i));
      element.storeElement();
    }
    code.iinc(INDEX, 1).goto_(top).labelBinding(end).return_();
  }

  private int variable(int number) {
    return FREE + listing.arrays() + (narrow ? number : 2 * number);
  }

  private void load(ElementCode element, int number) {
    if (listing.operation(number) == Operation.CONSTANT) {
      element.constant(listing.constant(number));
    } else {
      element.load(variable(number));
    }
  }

  private void compute(CodeBuilder code, ElementCode element, int number) {
    Operation operation = listing.operation(number);
    if (operation == Operation.ARRAY) {
      code.aload(FREE + listing.index(number)).iload(INDEX);
      element.loadElement();
    } else if (operation == Operation.SELECT) {
      select(code, element, number);
    } else if (operation.inputs() == 1) {
      load(element, listing.input(number, 0));
      unary(element, operation);
    } else {
      binary(element, number);
    }
  }

  private static void unary(ElementCode element, Operation operation) {
    switch (operation) {
      case NEGATE -> element.negate();
      case ABS -> element.math("abs");
      case SQRT -> element.exact("sqrt");
      case FLOOR -> element.exact("floor");
      case SIGN -> element.math("signum");
      case STEP -> step(element);
      case EXP -> element.ownOrStrict("exp");
      case LOG -> element.ownOrStrict("log");
      case LOG1P -> element.ownOrStrict("log1p");
      case TANH -> element.ownOrStrict("tanh");
      case SIGMOID -> element.own("sigmoid");
      case SOFTPLUS -> element.own("softplus");
      case ERF -> element.own("erf");
      default -> element.strict(operation.name().toLowerCase(Locale.ROOT));
    }
  }

  private void binary(ElementCode element, int number) {
    int x = listing.input(number, 0);
    int y = listing.input(number, 1);
    switch (listing.operation(number)) {
      case ADD -> add(element, x, y);
      case MULTIPLY -> multiply(element, number, x, y);
      case SUBTRACT -> {
        load(element, x);
        load(element, y);
        if (scaled[y]) {
          element.negate();
          element.add();
        } else {
          element.subtract();
        }
      }
      case DIVIDE -> {
        load(element, x);
        load(element, y);
        negateIf(element, scaled[y]);
        element.divide();
        negateIf(element, scaled[y]);
      }
      case MAXIMUM -> {
        load(element, x);
        load(element, y);
        element.math2("max");
      }
      case MINIMUM -> {
        load(element, x);
        load(element, y);
        element.math2("min");
      }
      case POWER -> {
        load(element, x);
        element.widen();
        load(element, y);
        element.widen();
        element.power();
      }
      case LESS -> {
        load(element, y);
        load(element, x);
        element.subtract();
        step(element);
      }
      case LESS_OR_EQUAL -> notAbove(element, x, y, false);
      case EQUAL -> notAbove(element, x, y, true);
      default -> throw new IllegalStateException(listing.operation(number).name());
    }
  }

  /// 1 where the number on the stack is above 0, else 0.
  private static void step(ElementCode element) {
    element.math("signum");
    element.truncate();
    element.constant(0);
    element.math2("max");
  }

  /// Whether x ≤ y, or x = y, without a branch.
  ///
  /// That is 1 less max(sign(x − y), 0), or less |sign(x − y)|: of two different finite numbers,
  /// the difference is not 0, since it may be denormal. Where both are the same infinity it is NaN,
  /// which is taken for 0; where either is NaN, the 1 is a 0.
  private void notAbove(ElementCode element, int x, int y, boolean equal) {
    if (isFinite(x) || isFinite(y)) {
      element.constant(1);
      sign(element, x, y, equal, false);
      element.subtract();
      element.truncate();
      return;
    }
    load(element, x);
    load(element, y);
    element.math2("max");
    element.math("signum");
    element.constant(2);
    element.add();
    element.truncate();
    element.constant(1);
    element.math2("min");
    sign(element, x, y, equal, true);
    element.subtract();
  }

  /// |sign(x − y)|, or max(sign(x − y), 0).
  private void sign(ElementCode element, int x, int y, boolean absolute, boolean finite) {
    load(element, x);
    load(element, y);
    element.subtract();
    element.math("signum");
    if (finite) {
      element.truncate();
    }
    if (absolute) {
      element.math("abs");
    } else {
      element.constant(0);
      element.math2("max");
    }
  }

  private boolean isFinite(int number) {
    return listing.operation(number) == Operation.CONSTANT
        && Math.abs(listing.constant(number)) <= Float.MAX_VALUE;
  }

  /// The branch keeps the loop scalar; but whatever arithmetic one puts instead, NaN of the input
  /// that isn't chosen would show.
  private void select(CodeBuilder code, ElementCode element, int number) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    load(element, listing.input(number, 0));
    element.isNotZero();
    code.ifeq(no);
    load(element, listing.input(number, 1));
    code.goto_(end).labelBinding(no);
    load(element, listing.input(number, 2));
    code.labelBinding(end);
  }

  private void add(ElementCode element, int x, int y) {
    int last = negated[x] ? x : y;
    load(element, last == x ? y : x);
    load(element, last);
    if (negated[last]) {
      element.subtract();
    } else if (areAlike(x, y)) {
      element.negate();
      element.subtract();
    } else {
      element.add();
    }
  }

  private void multiply(ElementCode element, int number, int x, int y) {
    int factor = negated[number] ? factor(number) : -1;
    load(element, x);
    negateIf(element, x == factor);
    load(element, y);
    negateIf(element, y == factor && x != factor);
    if (areAlike(x, y)) {
      element.negate();
      element.multiply();
      element.negate();
    } else {
      element.multiply();
    }
  }

  private static void negateIf(ElementCode element, boolean change) {
    if (change) {
      element.negate();
    }
  }

  /// Marks products of which a sum can take the negative one for nothing: used once, and with a
  /// factor that is the same for all elements.
  private void chooseNegated() {
    int[] uses = listing.uses();
    for (int i = 0; i < listing.size(); i++) {
      if (listing.operation(i) == Operation.ADD) {
        int x = listing.input(i, 0);
        int y = listing.input(i, 1);
        if (listing.operation(x) == Operation.MULTIPLY && areAlike(x, y)) {
          if (uses[y] == 1 && factor(y) >= 0) {
            negated[y] = true;
          } else if (uses[x] == 1 && factor(x) >= 0) {
            negated[x] = true;
          }
        }
      }
    }
  }

  private void findScaled() {
    for (int i = 0; i < listing.size(); i++) {
      Operation operation = listing.operation(i);
      if (operation == Operation.ADD || operation == Operation.MULTIPLY) {
        int x = listing.input(i, 0);
        int y = listing.input(i, 1);
        scaled[x] |= isSame(y);
        scaled[y] |= isSame(x);
      }
    }
  }

  /// Whether a value is the same for all elements.
  private boolean isSame(int number) {
    Operation operation = listing.operation(number);
    return operation == Operation.SCALAR || operation == Operation.CONSTANT;
  }

  /// The factor of a product that is the same for all elements, or −1.
  private int factor(int product) {
    for (int i = 0; i < 2; i++) {
      int input = listing.input(product, i);
      if (isSame(input)) {
        return input;
      }
    }
    return -1;
  }

  /// Whether C2 can't tell two inputs apart.
  private boolean areAlike(int x, int y) {
    return x != y
        && listing.operation(x) == listing.operation(y)
        && listing.operation(x).inputs() > 0;
  }
}
