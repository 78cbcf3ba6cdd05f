package dev.thalweg.kernels.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.DoubleKernels;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.loop.LoopNode.Operation;
import dev.thalweg.kernels.loop.LoopProgram.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockSumsTest {
  private static final LoopNode G = LoopNode.array(1);

  /// (g − s)², in which an element of no piece would show: f(0) is not 0.
  private static final LoopNode VALUE =
      LoopNode.of(
          Operation.MULTIPLY,
          Programs.minus(G, LoopNode.scalar(0)),
          Programs.minus(G, LoopNode.scalar(0)));

  private static final double[] SCALARS = {0.375};

  @Test
  void aSumIsThatOfItsBlocksInOrder() {
    int n = 3 * 4096 + 777;
    float[][] arrays = Programs.floats(normal(new Random(1), n));
    double expected = 0;
    for (int from = 0; from < n; from += 4096) {
      float[] values = new float[Math.min(4096, n - from)];
      for (int i = 0; i < values.length; i++) {
        float x = arrays[1][from + i] - 0.375f;
        values[i] = x * x;
      }
      expected += Engine.of("scalar", 1).kernels().sum(values, 0, values.length);
    }
    BlockSums sums = BlockSums.of(2, 1, VALUE);
    sums.add(arrays, 0, n);
    assertThat(sums.sum(SCALARS)).isEqualTo(expected);
    assertThat(sums.sum(SCALARS)).as("without pieces").isZero();
  }

  @Test
  void aSumInDoubleIsThatOfItsBlocksInOrder() {
    int n = 2 * 4096 + 5;
    double[][] arrays = normal(new Random(2), n);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = (arrays[1][i] - 0.375) * (arrays[1][i] - 0.375);
    }
    BlockSums sums = BlockSums.of(2, 1, VALUE);
    sums.add(arrays, 0, n);
    assertThat(sums.sum(SCALARS)).isEqualTo(DoubleKernels.sum(values, 0, n));
  }

  @Test
  void anyCutIntoPiecesAndAnyNumberOfThreadsGivesTheSameBits() {
    for (long seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(100_000);
      double[][] wide = normal(random, n);
      float[][] narrow = Programs.floats(wide);
      double whole = sum(narrow, new int[] {0, n}, 1);
      double whole64 = sum(wide, new int[] {0, n}, 1);
      for (int threads : new int[] {1, 2, 3, 7}) {
        int[] cuts = cuts(random, n);
        String what =
            "seed %d, threads %d, cuts %s".formatted(seed, threads, Arrays.toString(cuts));
        assertThat(sum(narrow, cuts, threads)).as(what).isEqualTo(whole);
        assertThat(sum(wide, cuts, threads)).as(what).isEqualTo(whole64);
        assertThat(sumOfOwnArrays(narrow, cuts, threads)).as(what).isEqualTo(whole);
      }
    }
  }

  @Test
  void zerosThatAreNotReadHaveTheirPlaces() {
    LoopNode square = LoopNode.of(Operation.MULTIPLY, G, G);
    for (long seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(50_000);
      double[][] wide = normal(random, n);
      int[] cuts = cuts(random, n);
      for (int i = 0; i + 1 < cuts.length; i += 2) {
        Arrays.fill(wide[1], cuts[i], cuts[i + 1], 0);
      }
      float[][] narrow = Programs.floats(wide);
      BlockSums whole = BlockSums.of(2, 0, square);
      BlockSums some = BlockSums.of(2, 0, square);
      whole.add(narrow, 0, n);
      whole.add(wide, 0, n);
      for (boolean floats : new boolean[] {true, false}) {
        for (int i = 0; i + 1 < cuts.length; i++) {
          if (i % 2 == 0) {
            some.addZeros(cuts[i + 1] - cuts[i]);
          } else if (floats) {
            some.add(narrow, cuts[i], cuts[i + 1]);
          } else {
            some.add(wide, cuts[i], cuts[i + 1]);
          }
        }
      }
      assertThat(some.sum(new double[0])).as("seed %d", seed).isEqualTo(whole.sum(new double[0]));
    }
  }

  @Test
  void piecesOfBothKindsAreComputedEachInItsOwn() {
    Random random = new Random(5);
    double[][] wide = normal(random, 10_000);
    float[][] narrow = Programs.floats(wide);
    int[] cuts = {0, 100, 5000, 5001, 9000, 10_000};
    double expected = 0;
    for (int from = 0; from < 10_000; from += 4096) {
      float[] floats = new float[4096];
      double[] doubles = new double[4096];
      for (int i = from; i < Math.min(10_000, from + 4096); i++) {
        boolean first = (i >= 100 && i < 5000) || (i >= 5001 && i < 9000);
        if (first) {
          float x = narrow[1][i] - 0.375f;
          floats[i - from] = x * x;
        } else {
          doubles[i - from] = (wide[1][i] - 0.375) * (wide[1][i] - 0.375);
        }
      }
      expected +=
          Engine.of("scalar", 1).kernels().sum(floats, 0, 4096)
              + DoubleKernels.sum(doubles, 0, 4096);
    }
    for (int threads : new int[] {1, 2, 4}) {
      BlockSums sums = BlockSums.of(2, 1, VALUE);
      for (int i = 0; i + 1 < cuts.length; i++) {
        if (i % 2 == 1) {
          sums.add(narrow, cuts[i], cuts[i + 1]);
        } else {
          sums.add(wide, cuts[i], cuts[i + 1]);
        }
      }
      assertThat(Engine.of("scalar", threads).call(() -> sums.sum(SCALARS))).isEqualTo(expected);
    }
  }

  @Test
  void anInterpretedLoopGivesTheSameSum() {
    LoopProgram program = BlockSums.program(2, 1, VALUE);
    float[][] arrays = Programs.floats(normal(new Random(6), 9_999));
    BlockSums interpreted =
        new BlockSums(
            program.arrays(),
            program.scalars(),
            BlockSums.read(program),
            LoopInterpreter.of(program),
            BlockSums.Fold.SUM);
    interpreted.add(arrays, 0, 9_999);
    assertThat(interpreted.sum(SCALARS)).isEqualTo(sum(arrays, new int[] {0, 9_999}, 2));
  }

  @Test
  void aNormIsRight() {
    BlockSums squares = BlockSums.of(1, 0, Programs.times(LoopNode.array(0), LoopNode.array(0)));
    squares.add(new float[][] {{3}}, 0, 1);
    squares.add(new double[][] {{9, 4, 9}}, 1, 2);
    assertThat(Math.sqrt(squares.sum(new double[0]))).isCloseTo(5, within(0.0));
  }

  @Test
  void theLargestIsThatOfAllPieces() {
    LoopProgram program =
        BlockSums.program(1, 0, LoopNode.of(LoopNode.Operation.ABS, LoopNode.array(0)));
    var largest =
        new BlockSums(
            program.arrays(),
            program.scalars(),
            BlockSums.read(program),
            LoopCompiler.compile(program),
            BlockSums.Fold.LARGEST);
    for (int at : new int[] {0, 4_095, 4_096, 9_999}) {
      for (boolean wide : new boolean[] {false, true}) {
        double[][] x = normal(new Random(7), 10_000);
        x[0][at] = -100.25;
        double[][] zeros = new double[1][10_000];
        largest.add(Programs.floats(wide ? zeros : x), 0, 10_000);
        largest.add(wide ? x : zeros, 0, 10_000);
        assertThat(largest.sum(new double[0])).as("%d, wide %s", at, wide).isEqualTo(100.25);
      }
    }
    largest.add(new float[][] {{-1, Float.NaN, 2}}, 0, 3);
    assertThat(largest.sum(new double[0])).isNaN();
    assertThat(largest.sum(new double[0])).isZero();
  }

  @Test
  void whatIsNotFiniteReachesTheSum() {
    BlockSums sum = BlockSums.of(1, 0, LoopNode.array(0));
    float[] x = new float[10_000];
    x[7_000] = Float.POSITIVE_INFINITY;
    sum.add(new float[][] {x}, 0, x.length);
    assertThat(sum.sum(new double[0])).isEqualTo(Double.POSITIVE_INFINITY);
    x[9_000] = Float.NaN;
    sum.add(new float[][] {x}, 0, x.length);
    assertThat(sum.sum(new double[0])).isNaN();
  }

  @Test
  void aFailureLeavesNoPieces() {
    BlockSums sum = BlockSums.of(1, 0, LoopNode.array(0));
    sum.add(new float[][] {new float[3]}, 0, 5);
    assertThatThrownBy(() -> sum.sum(new double[0])).isInstanceOf(IndexOutOfBoundsException.class);
    sum.add(new float[][] {{1, 2, 3}}, 0, 3);
    assertThat(sum.sum(new double[0])).isEqualTo(6);
  }

  @Test
  void whatCannotBeSummedIsRefused() {
    LoopNode a = LoopNode.array(0);
    for (LoopProgram program :
        List.of(
            new LoopProgram(2, 0, List.of(new Store(0, a))),
            new LoopProgram(2, 0, List.of(new Store(1, LoopNode.array(1)))),
            new LoopProgram(2, 0, List.of(new Store(0, a), new Store(1, a))))) {
      assertThatThrownBy(() -> BlockSums.read(program))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("sum: expected a program that only stores to its last array, found another");
    }
    BlockSums sum = BlockSums.of(1, 0, a);
    assertThatThrownBy(() -> sum.add(new float[1][1], 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sum: expected elements 0 ≤ from ≤ to, found 1 and 0");
  }

  private static double sum(float[][] arrays, int[] cuts, int threads) {
    BlockSums sums = BlockSums.of(2, 1, VALUE);
    for (int i = 0; i + 1 < cuts.length; i++) {
      sums.add(arrays, cuts[i], cuts[i + 1]);
    }
    return Engine.of("scalar", threads).call(() -> sums.sum(SCALARS));
  }

  private static double sum(double[][] arrays, int[] cuts, int threads) {
    BlockSums sums = BlockSums.of(2, 1, VALUE);
    for (int i = 0; i + 1 < cuts.length; i++) {
      sums.add(arrays, cuts[i], cuts[i + 1]);
    }
    return Engine.of("scalar", threads).call(() -> sums.sum(SCALARS));
  }

  /// The pieces as arrays of their own.
  private static double sumOfOwnArrays(float[][] arrays, int[] cuts, int threads) {
    BlockSums sums = BlockSums.of(2, 1, VALUE);
    for (int i = 0; i + 1 < cuts.length; i++) {
      float[] piece = Arrays.copyOfRange(arrays[1], cuts[i], cuts[i + 1]);
      sums.add(new float[][] {new float[0], piece}, 0, piece.length);
    }
    return Engine.of("scalar", threads).call(() -> sums.sum(SCALARS));
  }

  private static int[] cuts(Random random, int n) {
    List<Integer> cuts = new ArrayList<>(List.of(0, n));
    for (int i = 0; i < random.nextInt(40); i++) {
      cuts.add(random.nextInt(n + 1));
    }
    return cuts.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private static double[][] normal(Random random, int n) {
    double[][] arrays = new double[2][n];
    for (double[] array : arrays) {
      for (int i = 0; i < n; i++) {
        array[i] = random.nextGaussian();
      }
    }
    return arrays;
  }
}
