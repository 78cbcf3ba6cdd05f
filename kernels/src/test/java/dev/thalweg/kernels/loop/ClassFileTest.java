package dev.thalweg.kernels.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.kernels.loop.LoopNode.Operation;
import dev.thalweg.kernels.loop.LoopProgram.Store;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassFileTest {

  @Test
  void aLoopIsAnOrdinaryClassWithTheSameBits() throws ReflectiveOperationException {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      LoopProgram program = Programs.random(random, 15);
      FusedLoop loop = load(program);
      assertThat(loop.getClass().getName()).isEqualTo("org.example.Rule");
      assertThat(loop.getClass().getModifiers()).isEqualTo(Modifier.PUBLIC | Modifier.FINAL);
      double[][] doubles = Programs.arrays(random, program.arrays(), 100);
      double[] scalars = Programs.arrays(random, 1, program.scalars())[0];
      float[][] floats = Programs.floats(doubles);
      float[][] sameFloats = Programs.copy(floats);
      double[][] sameDoubles = Programs.copy(doubles);
      FusedLoop hidden = LoopCompiler.compile(program);
      loop.run(floats, Programs.floats(scalars), 3, 97);
      hidden.run(sameFloats, Programs.floats(scalars), 3, 97);
      assertThat(Programs.bits(floats)).isDeepEqualTo(Programs.bits(sameFloats));
      loop.run(doubles, scalars, 3, 97);
      hidden.run(sameDoubles, scalars, 3, 97);
      assertThat(Programs.bits(doubles)).isDeepEqualTo(Programs.bits(sameDoubles));
    }
  }

  @Test
  void theSameProgramGivesTheSameBytes() {
    assertThat(LoopCompiler.classFile(Programs.adamw(), "org.example.Rule", "rule"))
        .isEqualTo(LoopCompiler.classFile(Programs.adamw(), "org.example.Rule", "rule"));
  }

  @Test
  void stackTracesNameTheLineOfTheFormula() throws ReflectiveOperationException {
    LoopNode first = LoopNode.of(Operation.EXP, LoopNode.array(0).atLine(3)).atLine(3);
    LoopNode second = Programs.plus(first, LoopNode.array(1).atLine(8)).atLine(8);
    FusedLoop loop = load(new LoopProgram(2, 0, List.of(new Store(0, second))));
    assertThat(top(loop, new float[][] {{}, {0}})).hasToString("org.example.Rule.run(rule.txt:3)");
    assertThat(top(loop, new float[][] {{0}, {}})).hasToString("org.example.Rule.run(rule.txt:8)");
  }

  private static StackTraceElement top(FusedLoop loop, float[][] arrays) {
    Throwable thrown = catchThrowable(() -> loop.run(arrays, new float[0], 0, 1));
    assertThat(thrown).isInstanceOf(ArrayIndexOutOfBoundsException.class);
    StackTraceElement top = thrown.getStackTrace()[0];
    return new StackTraceElement(
        top.getClassName(), top.getMethodName(), top.getFileName(), top.getLineNumber());
  }

  private static FusedLoop load(LoopProgram program) throws ReflectiveOperationException {
    byte[] bytes = LoopCompiler.classFile(program, "org.example.Rule", "rule.txt");
    Class<?> type =
        new ClassLoader(FusedLoop.class.getClassLoader()) {
          Class<?> define() {
            return defineClass("org.example.Rule", bytes, 0, bytes.length);
          }
        }.define();
    return (FusedLoop) type.getConstructor().newInstance();
  }
}
