package dev.thalweg.kernels.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.loop.LoopNode.Operation;
import dev.thalweg.kernels.loop.LoopProgram.Store;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoopCompilerTest {

  @Test
  void everythingIsLoadedBeforeAnythingIsStored() {
    LoopNode a = LoopNode.array(0);
    LoopNode b = LoopNode.array(1);
    var program = new LoopProgram(2, 0, List.of(new Store(0, b), new Store(1, a)));
    float[][] x = {{1, 2, 3, 4}, {5, 6, 7, 8}};
    LoopCompiler.compile(program).run(x, new float[0], 1, 3);
    assertThat(x).isDeepEqualTo(new float[][] {{1, 6, 7, 4}, {5, 2, 3, 8}});
    LoopInterpreter.of(program).run(x, new float[0], 1, 3);
    assertThat(x).isDeepEqualTo(new float[][] {{1, 2, 3, 4}, {5, 6, 7, 8}});
  }

  @Test
  void anyProgramHasTheSameBitsCompiledInterpretedAndElementByElement() {
    for (long seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      LoopProgram program = Programs.random(random, 1 + random.nextInt(30));
      FusedLoop compiled = LoopCompiler.compile(program);
      assertThat(compiled).as("seed %d", seed).isNotInstanceOf(LoopInterpreter.class);
      sameBits(program, compiled, random, "compiled, seed " + seed);
      sameBits(program, LoopInterpreter.of(program), random, "interpreted, seed " + seed);
    }
  }

  @Test
  void everyOperationHasTheSameBitsForAllPairsOfAwkwardNumbers() {
    double[][] pairs = Programs.pairsOfEdges();
    int n = pairs[0].length;
    for (Operation operation : Operation.values()) {
      if (operation.inputs() == 0) {
        continue;
      }
      LoopNode x = LoopNode.array(0);
      LoopNode y = LoopNode.array(1);
      LoopNode z = LoopNode.constant(0.25);
      List<LoopNode[]> choices = new ArrayList<>();
      choices.add(new LoopNode[] {x, y, z});
      choices.add(new LoopNode[] {y, z, x});
      choices.add(new LoopNode[] {z, x, y});
      choices.add(new LoopNode[] {x, x, x});
      choices.add(new LoopNode[] {x, LoopNode.scalar(0), y});
      choices.add(new LoopNode[] {x, LoopNode.constant(-0.0), y});
      for (LoopNode[] choice : choices) {
        LoopNode value =
            LoopNode.of(
                operation, List.of(choice).subList(0, operation.inputs()).toArray(LoopNode[]::new));
        var program = new LoopProgram(3, 1, List.of(new Store(2, value)));
        double[][] arrays = {pairs[0], pairs[1], new double[n]};
        for (double scalar : new double[] {0.5, Double.POSITIVE_INFINITY, Double.NaN}) {
          same(
              program,
              LoopCompiler.compile(program),
              arrays,
              new double[] {scalar},
              0,
              n,
              operation.name());
          same(
              program,
              LoopInterpreter.of(program),
              arrays,
              new double[] {scalar},
              0,
              n,
              operation.name());
        }
      }
    }
  }

  @Test
  void theBitsStayTheSameOnceTheJitHasCompiledTheLoop() {
    for (long seed = 1000; seed < 1006; seed++) {
      Random random = new Random(seed);
      LoopProgram program = Programs.random(random, 12);
      FusedLoop compiled = LoopCompiler.compile(program);
      float[][] floats = Programs.floats(Programs.arrays(random, program.arrays(), 300));
      double[][] doubles = Programs.arrays(random, program.arrays(), 300);
      for (int i = 0; i < 3000; i++) {
        compiled.run(floats, new float[program.scalars()], i & 15, 300 - (i & 7));
        compiled.run(doubles, new double[program.scalars()], i & 15, 300 - (i & 7));
      }
      sameBits(program, compiled, random, "seed " + seed);
    }
  }

  @Test
  void aLoopForOneKindOfNumbersHasItsBitsAndRefusesTheOther() {
    LoopProgram program = Programs.adamw();
    int n = 100;
    Random random = new Random(3);
    float[][] floats = new float[4][n];
    for (float[] array : floats) {
      for (int i = 0; i < n; i++) {
        array[i] = random.nextFloat();
      }
    }
    float[][] expected = Arrays.stream(floats).map(float[]::clone).toArray(float[][]::new);
    float[] scalars = {0.1f, 0.001f, 1e-3f, 1.5f, 1e-8f, 1e-5f};
    double[][] doubles = new double[4][n];
    LoopCompiler.compile(program).run(expected, scalars, 0, n);
    FusedLoop narrow = LoopCompiler.compile(program, DType.F32);
    narrow.run(floats, scalars, 0, n);
    assertThat(floats).isDeepEqualTo(expected);
    assertThatThrownBy(() -> narrow.run(doubles, new double[6], 0, n))
        .isInstanceOf(UnsupportedOperationException.class);
    FusedLoop wide = LoopCompiler.compile(program, DType.F64);
    wide.run(doubles, new double[] {0.1, 0.001, 1e-3, 1.5, 1e-8, 1e-5}, 0, n);
    assertThatThrownBy(() -> wide.run(floats, scalars, 0, n))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aLoopIsInterpretedWhereNoClassCanBeDefined() {
    LoopProgram program = Programs.adamw();
    FusedLoop loop = LoopCompiler.compile(program, null, MethodHandles.publicLookup());
    assertThat(loop).isInstanceOf(LoopInterpreter.class);
    sameBits(program, loop, new Random(7), "without classes");
  }

  /// A chain of 1,400 operations: more than 8,000 bytes of code, which HotSpot never compiles.
  @Test
  void aLoopTooBigForTheJitIsCutIntoSeveral() {
    LoopNode value = LoopNode.array(0);
    for (int i = 0; i < 700; i++) {
      value = Programs.plus(Programs.times(value, LoopNode.scalar(0)), LoopNode.array(1));
    }
    var program = new LoopProgram(2, 1, List.of(new Store(0, value)));
    FusedLoop loop = LoopCompiler.compile(program);
    assertThat(loop).isInstanceOf(LoopPieces.class);
    assertThat(((LoopPieces) loop).size()).isGreaterThan(10);
    sameBits(program, loop, new Random(8), "big");
    assertThat(LoopCompiler.compile(program, null, MethodHandles.publicLookup()))
        .isInstanceOf(LoopPieces.class)
        .satisfies(interpreted -> sameBits(program, interpreted, new Random(8), "no classes"));
    assertThatThrownBy(() -> LoopCompiler.classFile(program, "a.B", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a.B: expected a loop of at most 8,000 bytes of code, found ");
  }

  /// 900 arrays, each stored to: what the next one holds, a number, or a sum.
  @Test
  void manyStoresAreCutToo() {
    int n = 900;
    List<Store> stores = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      LoopNode next = LoopNode.array((i + 1) % n);
      stores.add(
          new Store(
              i,
              switch (i % 4) {
                case 0 -> next;
                case 1 -> LoopNode.constant(i);
                case 2 -> LoopNode.scalar(0);
                default -> Programs.plus(next, LoopNode.scalar(0));
              }));
    }
    var program = new LoopProgram(n, 1, stores);
    FusedLoop loop = LoopCompiler.compile(program);
    assertThat(loop).isInstanceOf(LoopPieces.class);
    sameBits(program, loop, new Random(9), "many stores");
  }

  /// Whatever is cut wherever: with values that go far, stores of arrays that are read, and leaves
  /// as what is stored.
  @Test
  void piecesGiveTheBitsOfTheWholeAndAreSmall() {
    for (long seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      LoopProgram program = Programs.random(random, 1 + random.nextInt(60));
      int most = 1 + random.nextInt(20);
      List<Integer> sizes = new ArrayList<>();
      var pieces =
          new LoopPieces(
              new LoopListing(program),
              most,
              piece -> {
                sizes.add(
                    longest(LoopClass.bytes(new LoopListing(piece), "a.Piece", "piece", null)));
                return LoopInterpreter.of(piece);
              });
      assertThat(sizes)
          .hasSize(pieces.size())
          .allSatisfy(size -> assertThat(size).isLessThan(8000));
      sameBits(program, pieces, random, "seed " + seed + ", pieces of " + most);
    }
  }

  private static int longest(byte[] bytes) {
    int longest = 0;
    for (MethodModel method : ClassFile.of().parse(bytes).methods()) {
      if (method.code().orElseThrow() instanceof CodeAttribute code) {
        longest = Math.max(longest, code.codeLength());
      }
    }
    return longest;
  }

  @Test
  void aShortArrayEndsInAnException() {
    FusedLoop loop = LoopCompiler.compile(Programs.adamw());
    assertThatThrownBy(() -> loop.run(new float[4][9], new float[6], 0, 10))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> loop.run(new float[3][9], new float[6], 0, 9))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /// At odd starts and ends, in one call and cut in two.
  private static void sameBits(LoopProgram program, FusedLoop loop, Random random, String what) {
    for (int n : new int[] {0, 1, 7, 16, 17, 63, 257, 1_023}) {
      double[][] arrays = Programs.arrays(random, program.arrays(), n + 3);
      double[] scalars = Programs.arrays(random, 1, program.scalars())[0];
      int from = random.nextInt(3);
      same(program, loop, arrays, scalars, from, from + n, what + ", size " + n);
    }
  }

  private static void same(
      LoopProgram program,
      FusedLoop loop,
      double[][] arrays,
      double[] scalars,
      int from,
      int to,
      String what) {
    FusedLoop plain = new ElementByElement(program);
    int cut = from + (to - from) / 3;
    float[][] expected = Programs.floats(arrays);
    plain.run(expected, Programs.floats(scalars), from, to);
    float[][] found = Programs.floats(arrays);
    loop.run(found, Programs.floats(scalars), from, cut);
    loop.run(found, Programs.floats(scalars), cut, to);
    if (!Arrays.deepEquals(Programs.bits(found), Programs.bits(expected))) {
      assertThat(found).as(what + ", F32").isDeepEqualTo(expected);
      fail(what);
    }
    double[][] expected64 = Programs.copy(arrays);
    plain.run(expected64, scalars, from, to);
    double[][] found64 = Programs.copy(arrays);
    loop.run(found64, scalars, from, cut);
    loop.run(found64, scalars, cut, to);
    if (!Arrays.deepEquals(Programs.bits(found64), Programs.bits(expected64))) {
      assertThat(found64).as(what + ", F64").isDeepEqualTo(expected64);
      fail(what);
    }
  }
}
