package dev.thalweg.kernels.simd;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopNode;
import dev.thalweg.kernels.loop.LoopProgram;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The class of a [FusedLoop] over whole vectors, from the first to the last: one after the other,
/// so that it costs little to begin and to end, unlike what the JIT makes of a loop over numbers.
///
/// A choice by a scalar is made when the class is: the loop is for steps in which all such scalars,
/// the [#conditions], are 0, or none of them is. Of the operations those are done that one or a few
/// instructions do, to the same bits as in Java.
final class VectorLoopClass {
  private static final String VECTORS = "jdk.incubator.vector.";
  private static final ClassDesc SPECIES = ClassDesc.of(VECTORS + "VectorSpecies");
  private static final ClassDesc ANY = ClassDesc.of(VECTORS + "Vector");
  private static final ClassDesc FLOATS = ClassDesc.of(VECTORS + "FloatVector");
  private static final ClassDesc WIDTH = ClassDesc.of(Width.class.getName());
  private static final ClassDesc OPERATIONS = ClassDesc.of(VectorOperations.class.getName());
  private static final ClassDesc ARRAY = CD_float.arrayType();
  private static final MethodTypeDesc ONE = MethodTypeDesc.of(FLOATS);
  private static final MethodTypeDesc OTHER = MethodTypeDesc.of(FLOATS, ANY);

  // local variables: this, the arguments, the index, then arrays, then values
  private static final int ARRAYS = 1;
  private static final int SCALARS = 2;
  private static final int FROM = 3;
  private static final int TO = 4;
  private static final int FREE = 5;

  private final LoopProgram program;
  private final boolean chosen;
  private final Set<Integer> conditions = new TreeSet<>();

  /// @param chosen whether scalars that something is chosen by are other than 0
  VectorLoopClass(LoopProgram program, boolean chosen) {
    this.program = program;
    this.chosen = chosen;
  }

  /// Whether there are vector instructions for all that a program does.
  static boolean fits(LoopProgram program) {
    var seen = new IdentityHashMap<LoopNode, Boolean>();
    boolean all = true;
    for (LoopProgram.Store store : program.stores()) {
      all &= fits(store.value(), seen);
    }
    return all;
  }

  private static boolean fits(LoopNode node, IdentityHashMap<LoopNode, Boolean> seen) {
    if (seen.putIfAbsent(node, true) != null) {
      return true;
    }
    boolean all =
        switch (node.operation()) {
          case ARRAY, SCALAR, CONSTANT, ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, ABS, SQRT -> true;
          case MAXIMUM, MINIMUM, SIGN, STEP, LESS, LESS_OR_EQUAL, EQUAL, SELECT -> true;
          default -> false;
        };
    for (LoopNode input : node.inputs()) {
      all = all && fits(input, seen);
    }
    return all;
  }

  /// The class file.
  byte[] bytes() {
    return ClassFile.of()
        .build(
            ClassDesc.of(VectorLoop.class.getName() + "Code"),
            type ->
                type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                    .withInterfaceSymbols(ClassDesc.of(FusedLoop.class.getName()))
                    .withMethodBody(
                        INIT_NAME,
                        MTD_void,
                        ClassFile.ACC_PUBLIC,
                        code ->
                            code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_())
                    .withMethodBody(
                        "run",
                        MethodTypeDesc.of(CD_void, ARRAY.arrayType(), ARRAY, CD_int, CD_int),
                        ClassFile.ACC_PUBLIC,
                        this::write));
  }

  /// The scalars that something is chosen by, known once the class was made.
  Set<Integer> conditions() {
    return conditions;
  }

  private void write(CodeBuilder code) {
    for (int i = 0; i < program.arrays(); i++) {
      code.aload(ARRAYS).loadConstant(i).aaload().astore(FREE + i);
    }
    var values = new Values(code, FREE + program.arrays());
    for (LoopProgram.Store store : program.stores()) {
      values.same(store.value());
    }
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(top).iload(FROM).iload(TO).if_icmpge(end);
    int[] stored = new int[program.stores().size()];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = values.of(program.stores().get(i).value());
    }
    for (int i = 0; i < stored.length; i++) {
      code.aload(stored[i]).aload(FREE + program.stores().get(i).array()).iload(FROM);
      code.invokevirtual(FLOATS, "intoArray", MethodTypeDesc.of(CD_void, ARRAY, CD_int));
    }
    code.iinc(FROM, Width.LANES).goto_(top).labelBinding(end).return_();
  }

  /// The local variables of values, and the code that fills them.
  private final class Values {
    private final CodeBuilder code;
    private final IdentityHashMap<LoopNode, Integer> known = new IdentityHashMap<>();
    private final IdentityHashMap<LoopNode, Boolean> seen = new IdentityHashMap<>();
    private int free;

    Values(CodeBuilder code, int free) {
      this.code = code;
      this.free = free;
    }

    /// Makes vectors of the numbers that are the same for all elements, before the loop.
    void same(LoopNode node) {
      if (seen.putIfAbsent(node, true) != null) {
        return;
      }
      switch (node.operation()) {
        case SCALAR -> {
          code.getstatic(WIDTH, "SPECIES", SPECIES);
          code.aload(SCALARS).loadConstant(node.index()).faload();
          broadcast(node);
        }
        case CONSTANT -> {
          code.getstatic(WIDTH, "SPECIES", SPECIES);
          code.loadConstant(rounded(node.constant()));
          broadcast(node);
        }
        default -> {
          for (LoopNode input : node.inputs()) {
            same(input);
          }
        }
      }
    }

    private void broadcast(LoopNode node) {
      code.invokestatic(FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, SPECIES, CD_float));
      store(node);
    }

    private int store(LoopNode node) {
      known.put(node, free);
      code.astore(free);
      return free++;
    }

    /// The variable of a value, computed here where it was not before.
    int of(LoopNode node) {
      Integer at = known.get(node);
      if (at != null) {
        return at;
      }
      if (isChosenByScalar(node)) {
        conditions.add(node.inputs().getFirst().index());
        int value = of(node.inputs().get(chosen ? 1 : 2));
        known.put(node, value);
        return value;
      }
      int[] inputs = new int[node.inputs().size()];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = of(node.inputs().get(i));
      }
      if (node.operation() == LoopNode.Operation.ARRAY) {
        code.getstatic(WIDTH, "SPECIES", SPECIES).aload(FREE + node.index()).iload(FROM);
        code.invokestatic(FLOATS, "fromArray", MethodTypeDesc.of(FLOATS, SPECIES, ARRAY, CD_int));
      } else {
        for (int input : inputs) {
          code.aload(input);
        }
        operate(node.operation());
      }
      return store(node);
    }

    private void operate(LoopNode.Operation operation) {
      switch (operation) {
        case ADD -> code.invokevirtual(FLOATS, "add", OTHER);
        case SUBTRACT -> code.invokevirtual(FLOATS, "sub", OTHER);
        case MULTIPLY -> code.invokevirtual(FLOATS, "mul", OTHER);
        case DIVIDE -> code.invokevirtual(FLOATS, "div", OTHER);
        case MAXIMUM -> code.invokevirtual(FLOATS, "max", OTHER);
        case MINIMUM -> code.invokevirtual(FLOATS, "min", OTHER);
        case NEGATE -> code.invokevirtual(FLOATS, "neg", ONE);
        case ABS -> code.invokevirtual(FLOATS, "abs", ONE);
        case SQRT -> code.invokevirtual(FLOATS, "sqrt", ONE);
        default -> {
          ClassDesc[] inputs = new ClassDesc[operation.inputs()];
          Arrays.fill(inputs, FLOATS);
          code.invokestatic(OPERATIONS, name(operation), MethodTypeDesc.of(FLOATS, inputs));
        }
      }
    }
  }

  private static String name(LoopNode.Operation operation) {
    return operation == LoopNode.Operation.LESS_OR_EQUAL
        ? "lessOrEqual"
        : operation.name().toLowerCase(Locale.ROOT);
  }

  private static boolean isChosenByScalar(LoopNode node) {
    return node.operation() == LoopNode.Operation.SELECT
        && node.inputs().getFirst().operation() == LoopNode.Operation.SCALAR;
  }

  private static float rounded(double constant) {
    return Math.abs(constant) == Double.MAX_VALUE
        ? Math.copySign(Float.MAX_VALUE, (float) constant)
        : (float) constant;
  }
}
