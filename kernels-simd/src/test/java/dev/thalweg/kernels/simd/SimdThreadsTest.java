package dev.thalweg.kernels.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Philox;
import dev.thalweg.kernels.UnaryFunction;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every method gives the same bits with any number of threads, at sizes that are shared.
@Tag("vectors")
class SimdThreadsTest {
  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final Engine ONE = Engine.of("simd", 1);

  @BeforeAll
  static void compileWhatIsTested() {
    long[] groups = {
      WarmUp.product(false, false, 515),
      WarmUp.product(true, false, 515),
      WarmUp.product(false, true, 515),
      WarmUp.map(UnaryFunction.EXP),
      WarmUp.zip(BinaryFunction.SUBTRACT),
      WarmUp.GATE | WarmUp.SUM | WarmUp.MAX,
      WarmUp.COLUMN_SUMS | WarmUp.SOFTMAX | WarmUp.TRANSPOSE
    };
    for (long group : groups) {
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (SimdKernels.INSTANCE.cold(group, WarmUp.WORTH_WARMING) && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(SimdKernels.INSTANCE.cold(group, 0)).isFalse();
    }
  }

  private static float[] floats(int n, long stream) {
    float[] x = new float[n];
    Philox.of(11, stream).normal(0, x, 0, n, 0, 2);
    return x;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7})
  void sameBitsInF32(int threads) {
    Engine many = Engine.of("simd", threads);
    int n = 150_001;
    float[] x = floats(n + 3, 1);
    float[] y = floats(n + 3, 2);
    float[] expected = new float[n + 3];
    float[] found = new float[n + 3];
    for (UnaryFunction f : new UnaryFunction[] {UnaryFunction.EXP, UnaryFunction.RELU}) {
      ONE.map(f, x, 1, expected, 2, n);
      many.map(f, x, 1, found, 2, n);
      assertThat(found).isEqualTo(expected);
    }
    ONE.gate(x, 1, y, 2, expected, 3, n);
    many.gate(x, 1, y, 2, found, 3, n);
    assertThat(found).isEqualTo(expected);
    for (int steps = 0; steps < 4; steps++) {
      ONE.zip(BinaryFunction.SUBTRACT, x, 1, steps & 1, y, 2, steps >> 1, expected, 0, n);
      many.zip(BinaryFunction.SUBTRACT, x, 1, steps & 1, y, 2, steps >> 1, found, 0, n);
      assertThat(found).isEqualTo(expected);
    }
    assertThat(many.sum(x, 1, n)).isEqualTo(ONE.sum(x, 1, n));
    assertThat(many.max(x, 1, n)).isEqualTo(ONE.max(x, 1, n));
    int rows = 300;
    int columns = 499;
    ONE.columnSums(rows, columns, x, 1, columns + 1, expected, 2);
    many.columnSums(rows, columns, x, 1, columns + 1, found, 2);
    assertThat(found).isEqualTo(expected);
    for (int tall = 4095; tall < 4099; tall++) {
      ONE.columnSums(tall, columns, x, 1, 33, expected, 2);
      many.columnSums(tall, columns, x, 1, 33, found, 2);
      assertThat(found).isEqualTo(expected);
    }
    float[] sums = new float[2 * rows];
    float[] foundSums = new float[2 * rows];
    ONE.softmaxRows(rows, columns, x, 1, columns, expected, 2, columns, sums, 0);
    many.softmaxRows(rows, columns, x, 1, columns, found, 2, columns, foundSums, 0);
    assertThat(found).isEqualTo(expected);
    assertThat(foundSums).isEqualTo(sums);
    ONE.fillRows(rows, columns, y, 1, expected, 2, columns);
    many.fillRows(rows, columns, y, 1, found, 2, columns);
    assertThat(found).isEqualTo(expected);
    ONE.transpose(rows, columns, x, 1, expected, 2);
    many.transpose(rows, columns, x, 1, found, 2);
    assertThat(found).isEqualTo(expected);
    for (int flags = 0; flags < 8; flags++) {
      for (int[] s : new int[][] {{301, 10, 200}, {70, 515, 64}, {128, 128, 128}}) {
        boolean ta = (flags & 1) != 0;
        boolean tb = (flags & 2) != 0;
        int as = ta ? s[0] : s[2];
        int bs = tb ? s[2] : s[1];
        ONE.matmul(
            ta, tb, s[0], s[1], s[2], x, 1, as, y, 2, bs, expected, 3, s[1], (flags & 4) != 0);
        many.matmul(ta, tb, s[0], s[1], s[2], x, 1, as, y, 2, bs, found, 3, s[1], (flags & 4) != 0);
        assertThat(found).isEqualTo(expected);
      }
    }
  }
}
