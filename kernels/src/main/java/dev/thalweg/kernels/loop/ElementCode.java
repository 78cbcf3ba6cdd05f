package dev.thalweg.kernels.loop;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/// Byte code of arithmetic in one precision: each method is one operation on the stack.
final class ElementCode {
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final ClassDesc STRICT = ClassDesc.of("java.lang.StrictMath");
  private static final ClassDesc OWN_F32 = ClassDesc.of("dev.thalweg.kernels.Float32Functions");
  private static final ClassDesc OWN_F64 = ClassDesc.of("dev.thalweg.kernels.Float64Functions");
  private static final MethodTypeDesc DOUBLE_1 = MethodTypeDesc.of(CD_double, CD_double);
  private static final MethodTypeDesc DOUBLE_2 = MethodTypeDesc.of(CD_double, CD_double, CD_double);
  private static final MethodTypeDesc FLOAT_1 = MethodTypeDesc.of(CD_float, CD_float);
  private static final MethodTypeDesc FLOAT_2 = MethodTypeDesc.of(CD_float, CD_float, CD_float);
  private static final MethodTypeDesc RUN_F32 = run(CD_float);
  private static final MethodTypeDesc RUN_F64 = run(CD_double);

  private final CodeBuilder code;
  private final boolean narrow;
  private final TypeKind kind;

  ElementCode(CodeBuilder code, boolean narrow) {
    this.code = code;
    this.narrow = narrow;
    kind = narrow ? TypeKind.FLOAT : TypeKind.DOUBLE;
  }

  private static MethodTypeDesc run(ClassDesc number) {
    ClassDesc row = number.arrayType();
    return MethodTypeDesc.of(CD_void, row.arrayType(), row, CD_int, CD_int);
  }

  /// The type of [FusedLoop#run] in this precision.
  static MethodTypeDesc runType(boolean narrow) {
    return narrow ? RUN_F32 : RUN_F64;
  }

  /// How many local variables a number takes.
  int width() {
    return narrow ? 1 : 2;
  }

  void load(int variable) {
    code.loadLocal(kind, variable);
  }

  void store(int variable) {
    code.storeLocal(kind, variable);
  }

  void loadElement() {
    code.arrayLoad(kind);
  }

  void storeElement() {
    code.arrayStore(kind);
  }

  void constant(double value) {
    if (narrow) {
      code.loadConstant(LoopNode.rounded(value));
    } else {
      code.loadConstant(value);
    }
  }

  void add() {
    if (narrow) {
      code.fadd();
    } else {
      code.dadd();
    }
  }

  void subtract() {
    if (narrow) {
      code.fsub();
    } else {
      code.dsub();
    }
  }

  void multiply() {
    if (narrow) {
      code.fmul();
    } else {
      code.dmul();
    }
  }

  void divide() {
    if (narrow) {
      code.fdiv();
    } else {
      code.ddiv();
    }
  }

  void negate() {
    if (narrow) {
      code.fneg();
    } else {
      code.dneg();
    }
  }

  /// A function of one number that `Math` has in both precisions.
  void math(String function) {
    code.invokestatic(MATH, function, narrow ? FLOAT_1 : DOUBLE_1);
  }

  /// A function of two numbers that `Math` has in both precisions.
  void math2(String function) {
    code.invokestatic(MATH, function, narrow ? FLOAT_2 : DOUBLE_2);
  }

  /// A function of `Math` in double, rounded once to this precision.
  void exact(String function) {
    inDouble(MATH, function);
  }

  /// A function of `StrictMath`, rounded once to this precision.
  void strict(String function) {
    inDouble(STRICT, function);
  }

  private void inDouble(ClassDesc owner, String function) {
    if (narrow) {
      code.f2d().invokestatic(owner, function, DOUBLE_1).d2f();
    } else {
      code.invokestatic(owner, function, DOUBLE_1);
    }
  }

  /// A function of our own in F32, of `StrictMath` in F64.
  void ownOrStrict(String function) {
    if (narrow) {
      own(function);
    } else {
      strict(function);
    }
  }

  /// A function of our own in both precisions.
  void own(String function) {
    code.invokestatic(narrow ? OWN_F32 : OWN_F64, function, narrow ? FLOAT_1 : DOUBLE_1);
  }

  /// To double, where it isn't.
  void widen() {
    if (narrow) {
      code.f2d();
    }
  }

  /// xʸ of two doubles on the stack, rounded once to this precision.
  void power() {
    code.invokestatic(STRICT, "pow", DOUBLE_2);
    if (narrow) {
      code.d2f();
    }
  }

  /// Takes away what follows the point; 0 of NaN.
  void truncate() {
    if (narrow) {
      code.f2i().i2f();
    } else {
      code.d2i().i2d();
    }
  }

  /// Whether a number is not 0, as an int that is 0 if it is.
  void isNotZero() {
    constant(0);
    if (narrow) {
      code.fcmpl();
    } else {
      code.dcmpl();
    }
  }
}
