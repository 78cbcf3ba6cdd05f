package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.loop.LoopNode.Operation;
import dev.thalweg.kernels.loop.LoopProgram.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Measures how long the pieces of [LoopPieces] should be, on programs that are too long for one
/// method. Not a test:
///
/// ```
/// ./mvnw -pl kernels test-compile
/// java -cp kernels/target/classes:kernels/target/test-classes dev.thalweg.kernels.loop.LongLoops
/// ```
final class LongLoops {
  private static final int[] MOST = {10, 20, 30, 40, 60, 80, 120, 160, 240};
  private static final int N = 8192;
  private static final int CALLS = 3;
  private static final int ROUNDS = 31;
  private static final long WARM_UP_NANOS = 9_000_000_000L;

  private LongLoops() {}

  /// Prints nanoseconds an element, medians of turns.
  public static void main(String[] arguments) {
    Map<String, LoopProgram> programs = new LinkedHashMap<>();
    programs.put("700 multiplications and additions, each of the one before", chain());
    programs.put("2,000 values of near ones", mixed(2000, 8, 8));
    programs.put("2,000 values of far ones", mixed(2000, 40, 8));
    programs.put("1,500 values, roots, divisions and tanh among them", mixed(1500, 20, 11));
    programs.forEach(LongLoops::measure);
  }

  private static void measure(String name, LoopProgram program) {
    LoopPieces[] loops = new LoopPieces[MOST.length];
    for (int k = 0; k < loops.length; k++) {
      loops[k] =
          new LoopPieces(
              new LoopListing(program), MOST[k], piece -> LoopCompiler.compile(piece, DType.F32));
    }
    float[][] arrays = new float[4][N];
    Random random = new Random(1);
    for (float[] array : arrays) {
      for (int i = 0; i < N; i++) {
        array[i] = random.nextFloat() - 0.5f;
      }
    }
    for (long end = System.nanoTime() + WARM_UP_NANOS; System.nanoTime() < end; ) {
      turn(loops, arrays);
    }
    double[][] nanos = new double[MOST.length][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double[] now = turn(loops, arrays);
      for (int k = 0; k < now.length; k++) {
        nanos[k][round] = now[k];
      }
    }
    System.out.println(name);
    for (int k = 0; k < loops.length; k++) {
      Arrays.sort(nanos[k]);
      System.out.printf(
          "  %4d values a piece, %3d loops: %8.2f ns an element%n",
          MOST[k], loops[k].size(), nanos[k][ROUNDS / 2]);
    }
  }

  private static double[] turn(LoopPieces[] loops, float[][] arrays) {
    float[] scalars = {0.5f};
    double[] nanos = new double[loops.length];
    for (int k = 0; k < loops.length; k++) {
      long begin = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        loops[k].run(arrays, scalars, 0, N);
      }
      nanos[k] = (System.nanoTime() - begin) / (double) (CALLS * N);
    }
    return nanos;
  }

  private static LoopProgram chain() {
    LoopNode value = LoopNode.array(0);
    for (int i = 0; i < 700; i++) {
      value = Programs.plus(Programs.times(value, LoopNode.scalar(0)), LoopNode.array(1));
    }
    return new LoopProgram(2, 1, List.of(new Store(0, value)));
  }

  /// @param far how far back an operation reaches for its inputs
  /// @param kinds 8 for operations that cost next to nothing, 11 with others
  private static LoopProgram mixed(int count, int far, int kinds) {
    Random random = new Random(5);
    List<LoopNode> values = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      values.add(LoopNode.array(i));
    }
    for (int i = 0; i < count; i++) {
      LoopNode a = near(values, far, random);
      LoopNode b = near(values, far, random);
      values.add(
          switch (random.nextInt(kinds)) {
            case 0, 1 -> Programs.plus(a, b);
            case 2 -> Programs.minus(a, b);
            case 3, 4 -> Programs.times(a, LoopNode.scalar(0));
            case 5 -> LoopNode.of(Operation.MAXIMUM, a, b);
            case 6 -> LoopNode.of(Operation.MINIMUM, a, b);
            case 7 -> LoopNode.of(Operation.ABS, a);
            case 8 ->
                LoopNode.of(
                    Operation.DIVIDE,
                    a,
                    Programs.plus(LoopNode.of(Operation.ABS, b), LoopNode.constant(1)));
            case 9 -> LoopNode.of(Operation.SQRT, LoopNode.of(Operation.ABS, a));
            default -> LoopNode.of(Operation.TANH, a);
          });
    }
    LoopNode sum = values.getLast();
    for (int i = 2; i < far; i++) {
      sum = Programs.plus(sum, values.get(values.size() - i));
    }
    return new LoopProgram(4, 1, List.of(new Store(2, sum)));
  }

  private static LoopNode near(List<LoopNode> values, int far, Random random) {
    return values.get(values.size() - 1 - random.nextInt(Math.min(far, values.size())));
  }
}
