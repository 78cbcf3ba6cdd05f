package dev.thalweg.kernels.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopCompiler;
import dev.thalweg.kernels.loop.LoopNode;
import dev.thalweg.kernels.loop.LoopNode.Operation;
import dev.thalweg.kernels.loop.LoopProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Loops of vectors have the bits of plain ones, at every width (pom.xml).
@Tag("vectors")
class VectorLoopTest {
  private static final int[] SIZES = {1, 3, 7, 15, 16, 17, 31, 63, 64, 100, 257, 1023, 1500};

  private static final float[] EDGES = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    3f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -1e-40f,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE
  };

  /// Bits, with one NaN standing for all.
  private static int[][] bits(float[][] arrays) {
    int[][] bits = new int[arrays.length][];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = new int[arrays[i].length];
      for (int j = 0; j < bits[i].length; j++) {
        bits[i][j] = Float.floatToIntBits(arrays[i][j]);
      }
    }
    return bits;
  }

  private static void checkSame(
      String what, LoopProgram program, float[][] arrays, float[] scalars, int from, int to) {
    FusedLoop plain = LoopCompiler.compile(program);
    float[][] expected = Arrays.stream(arrays).map(float[]::clone).toArray(float[][]::new);
    float[][] found = Arrays.stream(arrays).map(float[]::clone).toArray(float[][]::new);
    plain.run(expected, scalars, from, to);
    SimdKernels.EAGER.loop(plain, () -> program).run(found, scalars, from, to);
    assertThat(bits(found)).as(what).isDeepEqualTo(bits(expected));
  }

  /// All that an operation may be given: leaves first.
  private static LoopProgram random(Random random, int size) {
    var nodes = new ArrayList<LoopNode>();
    for (int i = 0; i < 3; i++) {
      nodes.add(LoopNode.array(i));
    }
    nodes.add(LoopNode.scalar(0));
    nodes.add(LoopNode.constant(random.nextBoolean() ? Double.MAX_VALUE : random.nextGaussian()));
    Operation[] operations = Operation.values();
    while (nodes.size() < size + 5) {
      Operation operation = operations[random.nextInt(operations.length)];
      LoopNode[] inputs = new LoopNode[operation.inputs()];
      Arrays.setAll(inputs, i -> nodes.get(random.nextInt(nodes.size())));
      if (operation == Operation.SELECT && random.nextBoolean()) {
        inputs[0] = LoopNode.scalar(1 + random.nextInt(2));
      }
      if (operation.inputs() > 0 && VectorLoopClass.fits(program(LoopNode.of(operation, inputs)))) {
        nodes.add(LoopNode.of(operation, inputs));
      }
    }
    LoopNode last = nodes.getLast();
    LoopNode other = nodes.get(5 + random.nextInt(size));
    return new LoopProgram(
        3, 3, List.of(new LoopProgram.Store(0, last), new LoopProgram.Store(2, other)));
  }

  private static LoopProgram program(LoopNode value) {
    return new LoopProgram(3, 3, List.of(new LoopProgram.Store(2, value)));
  }

  private static float[][] numbers(Random random, int size) {
    float[][] arrays = new float[3][size];
    for (float[] array : arrays) {
      for (int i = 0; i < size; i++) {
        array[i] =
            random.nextInt(4) == 0
                ? EDGES[random.nextInt(EDGES.length)]
                : (float) random.nextGaussian();
      }
    }
    return arrays;
  }

  @Test
  void anyProgramHasTheSameBitsAtAllSizes() {
    for (long seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      LoopProgram program = random(random, 1 + random.nextInt(25));
      for (int n : SIZES) {
        float[] scalars = {(float) random.nextGaussian(), random.nextInt(2), 3 * random.nextInt(2)};
        String what =
            "seed %d, %d numbers, scalars %s".formatted(seed, n, Arrays.toString(scalars));
        checkSame(what, program, numbers(random, n + 7), scalars, 3, 3 + n);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void operationsOfAllPairsOfAwkwardNumbers(Operation operation) {
    LoopNode[] inputs = {LoopNode.array(0), LoopNode.array(1), LoopNode.array(2)};
    if (operation.inputs() == 0) {
      return;
    }
    LoopNode value = LoopNode.of(operation, Arrays.copyOf(inputs, operation.inputs()));
    int n = EDGES.length * EDGES.length;
    float[][] arrays = new float[3][n];
    for (int i = 0; i < n; i++) {
      arrays[0][i] = EDGES[i / EDGES.length];
      arrays[1][i] = EDGES[i % EDGES.length];
      arrays[2][i] = i;
    }
    checkSame(operation.name(), program(value), arrays, new float[3], 0, n);
  }

  @Test
  void whatScalarsChooseIsChosenByEachOfThem() {
    LoopNode x = LoopNode.array(0);
    LoopNode y = LoopNode.array(1);
    LoopNode one = LoopNode.of(Operation.SELECT, LoopNode.scalar(1), x, y);
    LoopNode other = LoopNode.of(Operation.SELECT, LoopNode.scalar(2), y, x);
    LoopProgram program = program(LoopNode.of(Operation.DIVIDE, one, other));
    float[][] arrays = numbers(new Random(5), 64);
    for (float[] scalars : new float[][] {{1, 0, 0}, {1, 2, 0}, {1, 0, Float.NaN}, {1, -1, 1}}) {
      checkSame(Arrays.toString(scalars), program, arrays, scalars, 0, 64);
    }
  }

  @Test
  void whatIsLoadedIsAsItWasBeforeTheStores() {
    LoopNode a = LoopNode.array(0);
    LoopNode b = LoopNode.array(1);
    var swap =
        new LoopProgram(2, 0, List.of(new LoopProgram.Store(0, b), new LoopProgram.Store(1, a)));
    checkSame("swap", swap, Arrays.copyOf(numbers(new Random(3), 100), 2), new float[0], 5, 90);
  }

  /// Which has 2^40 ways from its value to its array.
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatIsUsedTwiceIsLookedAtOnce() {
    LoopNode value = LoopNode.array(0);
    for (int i = 0; i < 40; i++) {
      value = LoopNode.of(Operation.MULTIPLY, value, value);
    }
    checkSame("squares", program(value), numbers(new Random(7), 64), new float[0], 0, 64);
  }

  @Test
  void thePlainLoopServesUntilItHasDoneAsMuchAsVectorsCost() {
    LoopNode p = LoopNode.array(0);
    LoopNode step = LoopNode.of(Operation.MULTIPLY, LoopNode.scalar(0), LoopNode.array(1));
    LoopProgram program = program(LoopNode.of(Operation.SUBTRACT, p, step));
    var calls = new int[1];
    FusedLoop plain = LoopCompiler.compile(program);
    var loop =
        new VectorLoop(
            plain,
            () -> {
              calls[0]++;
              return program;
            });
    float[][] arrays = new float[3][200_000];
    int enough = (int) (VectorLoop.WORTH_COMPILING / 200_000);
    for (int i = 0; i < enough - 2; i++) {
      loop.run(arrays, new float[3], 0, 200_000);
    }
    assertThat(calls[0]).isZero();
    for (int i = 0; i < 4; i++) {
      loop.run(arrays, new float[3], 0, 200_000);
    }
    long end = System.nanoTime() + 120_000_000_000L;
    while (!loop.isReady() && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(loop.isReady()).isTrue();
    assertThat(calls[0]).isEqualTo(1);
    Arrays.fill(arrays[0], 2);
    Arrays.fill(arrays[1], 3);
    loop.run(arrays, new float[] {0.5f, 0, 0}, 0, 37);
    assertThat(arrays[2][36]).isEqualTo(0.5f);
    assertThat(arrays[2][37]).isZero();
  }
}
