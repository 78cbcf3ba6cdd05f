package dev.thalweg.bench;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;

/// A rule to one fused loop in a class made while the program runs: what javac would make of the
/// loop written by hand, with every array and every node of the graph in a local variable.
final class LoopCompiler {

  private static final ClassDesc SELF = ClassDesc.of("dev.thalweg.bench.CompiledLoop");
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final ClassDesc FLOATS = CD_float.arrayType();
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_void, FLOATS.arrayType(), FLOATS, CD_int, CD_int);

  // the local variables of run: its own arguments, the index, then arrays, then nodes
  private static final int ARRAYS = 1;
  private static final int SCALARS = 2;
  private static final int FROM = 3;
  private static final int TO = 4;
  private static final int INDEX = 5;
  private static final int FREE = 6;

  private final CodeBuilder code;
  private final Rule rule;
  private final List<Expression> order;

  private LoopCompiler(CodeBuilder code, Rule rule) {
    this.code = code;
    this.rule = rule;
    order = rule.order();
  }

  /// Compiles and loads the loop.
  static Loop compile(Rule rule) {
    byte[] bytes =
        ClassFile.of()
            .build(
                SELF,
                type ->
                    type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                        .withInterfaceSymbols(ClassDesc.of(Loop.class.getName()))
                        .withMethodBody(INIT_NAME, MTD_void, 0, LoopCompiler::constructor)
                        .withMethodBody(
                            "run",
                            RUN,
                            ClassFile.ACC_PUBLIC,
                            c -> new LoopCompiler(c, rule).emit()));
    try {
      return (Loop)
          MethodHandles.lookup()
              .defineHiddenClass(bytes, true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the compiled loop can't be made", e);
    }
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0).invokespecial(ConstantDescs.CD_Object, INIT_NAME, MTD_void).return_();
  }

  private void emit() {
    for (int i = 0; i < rule.arrays(); i++) {
      code.aload(ARRAYS).loadConstant(i).aaload().astore(FREE + i);
    }
    for (Expression node : order) {
      if (node.operation() == Expression.Operation.SCALAR) {
        code.aload(SCALARS).loadConstant(node.index()).faload().fstore(variable(node));
      }
    }
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.iload(FROM).istore(INDEX);
    code.labelBinding(top).iload(INDEX).iload(TO).if_icmpge(end);
    for (Expression node : order) {
      compute(node);
    }
    for (Rule.Store store : rule.stores()) {
      code.aload(FREE + store.array()).iload(INDEX).fload(variable(store.value())).fastore();
    }
    code.iinc(INDEX, 1).goto_(top).labelBinding(end).return_();
  }

  private int variable(Expression node) {
    return FREE + rule.arrays() + order.indexOf(node);
  }

  private void compute(Expression node) {
    for (Expression input : node.inputs()) {
      code.fload(variable(input));
    }
    switch (node.operation()) {
      case SCALAR -> {
        return;
      }
      case ARRAY -> code.aload(FREE + node.index()).iload(INDEX).faload();
      case ADD -> code.fadd();
      case SUBTRACT -> code.fsub();
      case MULTIPLY -> code.fmul();
      case DIVIDE -> code.fdiv();
      case ROOT ->
          code.f2d().invokestatic(MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double)).d2f();
    }
    code.fstore(variable(node));
  }
}
