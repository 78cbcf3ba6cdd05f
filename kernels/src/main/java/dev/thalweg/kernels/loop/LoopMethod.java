package dev.thalweg.kernels.loop;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.thalweg.kernels.loop.LoopNode.Operation;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/// The code of `run` in one precision: every array and every value of the program in a local
/// variable.
final class LoopMethod implements Consumer<CodeBuilder> {
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final ClassDesc STRICT = ClassDesc.of("java.lang.StrictMath");
  private static final ClassDesc FLOATS = ClassDesc.of("dev.thalweg.kernels.Float32Functions");
  private static final ClassDesc DOUBLES = ClassDesc.of("dev.thalweg.kernels.Float64Functions");
  private static final MethodTypeDesc DOUBLE_1 = MethodTypeDesc.of(CD_double, CD_double);
  private static final MethodTypeDesc DOUBLE_2 = MethodTypeDesc.of(CD_double, CD_double, CD_double);

  // the local variables of run: this, its arguments, the index, then arrays, then values
  private static final int ARRAYS = 1;
  private static final int SCALARS = 2;
  private static final int FROM = 3;
  private static final int TO = 4;
  private static final int INDEX = 5;
  private static final int FREE = 6;

  private final LoopListing listing;
  private final TypeKind kind;
  private final boolean narrow;
  private final boolean lines;
  private final MethodTypeDesc type;
  private final MethodTypeDesc unary;
  private final MethodTypeDesc binary;

  LoopMethod(LoopListing listing, TypeKind kind, boolean lines) {
    this.listing = listing;
    this.kind = kind;
    this.lines = lines;
    narrow = kind == TypeKind.FLOAT;
    ClassDesc number = narrow ? CD_float : CD_double;
    ClassDesc row = number.arrayType();
    type = MethodTypeDesc.of(CD_void, row.arrayType(), row, CD_int, CD_int);
    unary = MethodTypeDesc.of(number, number);
    binary = MethodTypeDesc.of(number, number, number);
  }

  /// The method's type.
  MethodTypeDesc type() {
    return type;
  }

  @Override
  public void accept(CodeBuilder code) {
    for (int i = 0; i < listing.arrays(); i++) {
      code.aload(ARRAYS).loadConstant(i).aaload().astore(FREE + i);
    }
    for (int i = 0; i < listing.size(); i++) {
      if (listing.operation(i) == Operation.SCALAR) {
        code.aload(SCALARS).loadConstant(listing.index(i)).arrayLoad(kind);
        code.storeLocal(kind, variable(i));
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
      compute(code, i);
    }
    for (int i = 0; i < listing.stores(); i++) {
      code.aload(FREE + listing.storeArray(i)).iload(INDEX);
      load(code, listing.storeValue(i));
      code.arrayStore(kind);
    }
    code.iinc(INDEX, 1).goto_(top).labelBinding(end).return_();
  }

  private int variable(int number) {
    return FREE + listing.arrays() + number * kind.slotSize();
  }

  private void load(CodeBuilder code, int number) {
    if (listing.operation(number) == Operation.CONSTANT) {
      constant(code, listing.constant(number));
    } else {
      code.loadLocal(kind, variable(number));
    }
  }

  private void constant(CodeBuilder code, double value) {
    if (narrow) {
      code.loadConstant((float) value);
    } else {
      code.loadConstant(value);
    }
  }

  private void compute(CodeBuilder code, int number) {
    Operation operation = listing.operation(number);
    if (operation == Operation.SCALAR || operation == Operation.CONSTANT) {
      return;
    }
    for (int i = 0; i < operation.inputs(); i++) {
      load(code, listing.input(number, i));
    }
    switch (operation) {
      case ARRAY -> code.aload(FREE + listing.index(number)).iload(INDEX).arrayLoad(kind);
      case ADD -> {
        if (narrow) {
          code.fadd();
        } else {
          code.dadd();
        }
      }
      case SUBTRACT -> {
        if (narrow) {
          code.fsub();
        } else {
          code.dsub();
        }
      }
      case MULTIPLY -> {
        if (narrow) {
          code.fmul();
        } else {
          code.dmul();
        }
      }
      case DIVIDE -> {
        if (narrow) {
          code.fdiv();
        } else {
          code.ddiv();
        }
      }
      case NEGATE -> {
        if (narrow) {
          code.fneg();
        } else {
          code.dneg();
        }
      }
      case ABS -> code.invokestatic(MATH, "abs", unary);
      case MAXIMUM -> code.invokestatic(MATH, "max", binary);
      case MINIMUM -> code.invokestatic(MATH, "min", binary);
      case SQRT -> inDouble(code, MATH, "sqrt");
      case FLOOR -> inDouble(code, MATH, "floor");
      case SIGN -> code.invokestatic(MATH, "signum", unary);
      case EXP -> {
        if (narrow) {
          own(code, "exp");
        } else {
          inDouble(code, STRICT, "exp");
        }
      }
      case LOG -> {
        if (narrow) {
          own(code, "log");
        } else {
          inDouble(code, STRICT, "log");
        }
      }
      case LOG1P -> {
        if (narrow) {
          own(code, "log1p");
        } else {
          inDouble(code, STRICT, "log1p");
        }
      }
      case TANH -> {
        if (narrow) {
          own(code, "tanh");
        } else {
          inDouble(code, STRICT, "tanh");
        }
      }
      case EXPM1 -> inDouble(code, STRICT, "expm1");
      case SIN -> inDouble(code, STRICT, "sin");
      case COS -> inDouble(code, STRICT, "cos");
      case TAN -> inDouble(code, STRICT, "tan");
      case ASIN -> inDouble(code, STRICT, "asin");
      case ACOS -> inDouble(code, STRICT, "acos");
      case ATAN -> inDouble(code, STRICT, "atan");
      case SINH -> inDouble(code, STRICT, "sinh");
      case COSH -> inDouble(code, STRICT, "cosh");
      case SIGMOID -> own(code, "sigmoid");
      case SOFTPLUS -> own(code, "softplus");
      case ERF -> own(code, "erf");
      case POWER -> power(code, number);
      case STEP -> {
        constant(code, 0);
        compare(code);
        Label no = code.newLabel();
        Label end = code.newLabel();
        code.ifle(no);
        choose(code, no, end);
      }
      case LESS, LESS_OR_EQUAL, EQUAL -> comparison(code, operation);
      case SELECT -> select(code, number);
      default -> throw new IllegalStateException(operation.name());
    }
    code.storeLocal(kind, variable(number));
  }

  private void own(CodeBuilder code, String function) {
    code.invokestatic(narrow ? FLOATS : DOUBLES, function, unary);
  }

  private void inDouble(CodeBuilder code, ClassDesc owner, String function) {
    if (narrow) {
      code.f2d().invokestatic(owner, function, DOUBLE_1).d2f();
    } else {
      code.invokestatic(owner, function, DOUBLE_1);
    }
  }

  /// (float) pow((double) x, (double) y), x and y loaded.
  private void power(CodeBuilder code, int number) {
    if (narrow) {
      code.pop2();
      load(code, listing.input(number, 0));
      code.f2d();
      load(code, listing.input(number, 1));
      code.f2d().invokestatic(STRICT, "pow", DOUBLE_2).d2f();
    } else {
      code.invokestatic(STRICT, "pow", DOUBLE_2);
    }
  }

  /// −1 where NaN is compared.
  private void compare(CodeBuilder code) {
    if (narrow) {
      code.fcmpl();
    } else {
      code.dcmpl();
    }
  }

  private void comparison(CodeBuilder code, Operation operation) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    if (operation == Operation.EQUAL) {
      compare(code);
      code.ifne(no);
    } else {
      if (narrow) {
        code.fcmpg();
      } else {
        code.dcmpg();
      }
      if (operation == Operation.LESS) {
        code.ifge(no);
      } else {
        code.ifgt(no);
      }
    }
    choose(code, no, end);
  }

  private void choose(CodeBuilder code, Label no, Label end) {
    constant(code, 1);
    code.goto_(end).labelBinding(no);
    constant(code, 0);
    code.labelBinding(end);
  }

  private void select(CodeBuilder code, int number) {
    if (narrow) {
      code.pop2().pop();
    } else {
      code.pop2().pop2().pop2();
    }
    Label no = code.newLabel();
    Label end = code.newLabel();
    load(code, listing.input(number, 0));
    constant(code, 0);
    compare(code);
    code.ifeq(no);
    load(code, listing.input(number, 1));
    code.goto_(end).labelBinding(no);
    load(code, listing.input(number, 2));
    code.labelBinding(end);
  }
}
