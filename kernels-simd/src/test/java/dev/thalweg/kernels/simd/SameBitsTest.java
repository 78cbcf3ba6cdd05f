package dev.thalweg.kernels.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.Philox;
import dev.thalweg.kernels.ScalarKernels;
import dev.thalweg.kernels.ScalarPanels;
import dev.thalweg.kernels.UnaryFunction;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every kernel gives the bits of its scalar twin. Run at every width by flags of the JVM, see
/// pom.xml.
@Tag("vectors")
class SameBitsTest {
  private static final int[] SIZES = {
    0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 63, 64, 100, 257, 1023, 5000
  };
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    1e-40f,
    -1e-33f,
    Kernels.NEGLIGIBLE,
    Math.nextDown(Kernels.NEGLIGIBLE),
    -87.33654f,
    Math.nextDown(-87.33654f),
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    88.73f,
    -103.9f
  };

  private final Kernels scalar = ScalarKernels.INSTANCE;
  private final Kernels simd = SimdKernels.EAGER;

  /// Bits, with one NaN standing for all.
  private static int[] bits(float... x) {
    int[] bits = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToIntBits(x[i]);
    }
    return bits;
  }

  private static float[] random(Philox random, int from, int n, boolean special) {
    float[] x = new float[n];
    random.normal(from, x, 0, n, 0, 3);
    for (int i = 0; special && i < n; i++) {
      int kind = random.below((1 << 24) + from + i, 25);
      if (kind < SPECIAL.length && (i & 1) == 0) {
        x[i] = SPECIAL[kind];
      }
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource
  void functionsAtAllSizesAndStarts(UnaryFunction f) {
    Philox random = Philox.of(1, f.name().hashCode());
    for (int n : SIZES) {
      for (int start : new int[] {0, 1, 5}) {
        float[] x = random(random, n, n + 7, true);
        float[] expected = new float[n + 9];
        float[] found = new float[n + 9];
        scalar.map(f, x, start, expected, 2, n);
        simd.map(f, x, start, found, 2, n);
        assertThat(bits(found)).as("%s n=%d start=%d", f, n, start).isEqualTo(bits(expected));
        float[] here = x.clone();
        simd.map(f, here, start, here, start, n);
        scalar.map(f, x, start, x, start, n);
        assertThat(bits(here)).as("%s in place n=%d", f, n).isEqualTo(bits(x));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void functionsOverAllFloats(UnaryFunction f) {
    int n = 4096;
    float[] x = new float[n];
    float[] expected = new float[n];
    float[] found = new float[n];
    long step = f == UnaryFunction.SIN || f == UnaryFunction.COS ? 400_093 : 8_191;
    for (long bits = 0; bits < 1L << 32; ) {
      for (int i = 0; i < n; i++, bits += step) {
        x[i] = Float.intBitsToFloat((int) bits);
      }
      scalar.map(f, x, 0, expected, 0, n);
      simd.map(f, x, 0, found, 0, n);
      for (int i = 0; i < n; i++) {
        if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(found[i])) {
          assertThat(found[i]).as("%s of %s", f, x[i]).isEqualTo(expected[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void functionsOfTwoAtAllSizesStartsAndSteps(BinaryFunction f) {
    Philox random = Philox.of(2, f.name().hashCode());
    for (int n : SIZES) {
      for (int steps = 0; steps < 4; steps++) {
        for (int start : new int[] {3, 0}) {
          float[] x = random(random, n, n + 8, true);
          float[] y = random(random, n + 9999, n + 8, true);
          float[] expected = new float[n + 9];
          float[] found = new float[n + 9];
          scalar.zip(f, x, start, steps & 1, y, 3, steps >> 1, expected, 3, n);
          simd.zip(f, x, start, steps & 1, y, 3, steps >> 1, found, 3, n);
          assertThat(bits(found))
              .as("%s n=%d steps=%d start=%d", f, n, steps, start)
              .isEqualTo(bits(expected));
        }
      }
    }
  }

  @Test
  void gateSumMaxAndColumnSumsAtAllSizes() {
    Philox random = Philox.of(3, 3);
    for (int n : SIZES) {
      for (boolean special : new boolean[] {false, true}) {
        float[] x = random(random, n, n + 8, special);
        float[] g = random(random, n + 777, n + 8, special);
        float[] expected = new float[n + 8];
        float[] found = new float[n + 8];
        scalar.gate(g, 1, x, 2, expected, 3, n);
        simd.gate(g, 1, x, 2, found, 3, n);
        assertThat(bits(found)).isEqualTo(bits(expected));
        scalar.withoutNegligible(x, 2, expected, 3, n);
        simd.withoutNegligible(x, 2, found, 3, n);
        assertThat(bits(found)).isEqualTo(bits(expected));
        float[] expectedSlopes = new float[n + 8];
        float[] foundSlopes = new float[n + 8];
        scalar.gelu(x, 2, expected, 3, expectedSlopes, 5, n);
        simd.gelu(x, 2, found, 3, foundSlopes, 5, n);
        assertThat(bits(found)).isEqualTo(bits(expected));
        assertThat(bits(foundSlopes)).isEqualTo(bits(expectedSlopes));
        assertThat(bits(simd.sum(x, 3, n))).as("sum of %d", n).isEqualTo(bits(scalar.sum(x, 3, n)));
        if (n > 0) {
          assertThat(bits(simd.max(x, 3, n)))
              .as("max of %d", n)
              .isEqualTo(bits(scalar.max(x, 3, n)));
        }
      }
    }
    assertThat(simd.max(new float[] {-0f, 0f, -0f}, 0, 3)).isEqualTo(0f);
    for (int rows : new int[] {0, 1, 5, 33}) {
      for (int columns : new int[] {0, 1, 7, 10, 16, 17, 64, 100, 257}) {
        float[] x = random(random, rows + columns, rows * (columns + 3) + 2, false);
        float[] expected = random(random, 5, columns + 4, false);
        float[] found = expected.clone();
        scalar.columnSums(rows, columns, x, 2, columns + 3, expected, 1);
        simd.columnSums(rows, columns, x, 2, columns + 3, found, 1);
        assertThat(bits(found)).as("%d x %d", rows, columns).isEqualTo(bits(expected));
      }
    }
  }

  @Test
  void whatIsNotFiniteOrHasNoFiniteSquareIsFoundWhereverItIs() {
    for (int n : SIZES) {
      float[] x = new float[n + 8];
      Arrays.fill(x, Float.NaN);
      for (int i = 0; i < n; i++) {
        x[3 + i] = i % 3 == 0 ? -Float.MIN_VALUE : 1e10f;
      }
      assertThat(simd.areModerate(x, 3, n)).as("%d", n).isTrue();
      assertThat(scalar.areModerate(x, 3, n)).as("%d", n).isTrue();
      for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 2e19f, -3e38f}) {
        for (int i = 0; i < n; i += Math.max(1, n / 99)) {
          float good = x[3 + i];
          x[3 + i] = bad;
          assertThat(simd.areModerate(x, 3, n)).as("%f at %d of %d", bad, i, n).isFalse();
          assertThat(scalar.areModerate(x, 3, n)).as("%f at %d of %d", bad, i, n).isFalse();
          x[3 + i] = good;
        }
      }
    }
  }

  @Test
  void theSameIsFoundInSeveralArrays() {
    int[] sizes = {64, 0, 1, 16, 7, 257, 100, 64};
    float[][] x = new float[sizes.length + 1][300];
    for (int k = 0; k < sizes.length; k++) {
      Arrays.fill(x[k], Float.NaN);
      Arrays.fill(x[k], 0, sizes[k], 1e10f);
    }
    assertThat(simd.areModerate(x, sizes, sizes.length)).isTrue();
    assertThat(scalar.areModerate(x, sizes, sizes.length)).isTrue();
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 2e19f, -3e38f}) {
      for (int k = 0; k < sizes.length; k++) {
        for (int i = 0; i < sizes[k]; i++) {
          x[k][i] = bad;
          assertThat(simd.areModerate(x, sizes, sizes.length)).as("%d in %d", i, k).isFalse();
          assertThat(scalar.areModerate(x, sizes, sizes.length)).as("%d in %d", i, k).isFalse();
          assertThat(simd.areModerate(x, sizes, k)).as("before %d", k).isTrue();
          x[k][i] = 1e10f;
        }
      }
    }
  }

  /// Several of each: a sum in another order is the same by chance now and then.
  @Test
  void sumsBeyondABlock() {
    for (int n : new int[] {4095, 4096, 4097, 6000, 8191, 8193, 20_000}) {
      for (int seed = 0; seed < 8; seed++) {
        float[] x = random(Philox.of(seed, 9), n, n + 1, false);
        assertThat(bits(simd.sum(x, 1, n))).as("sum of %d", n).isEqualTo(bits(scalar.sum(x, 1, n)));
      }
    }
  }

  @Test
  void softmaxAtAllWidths() {
    Philox random = Philox.of(4, 4);
    for (int columns : new int[] {1, 2, 7, 10, 15, 16, 17, 33, 64, 257, 1023, 5000}) {
      for (boolean special : new boolean[] {false, true}) {
        int rows = 5;
        float[] x = random(random, columns, rows * (columns + 3), special);
        float[] expected = new float[rows * (columns + 1)];
        float[] found = expected.clone();
        float[] sums = new float[2 * rows + 1];
        float[] foundSums = new float[2 * rows + 1];
        scalar.softmaxRows(rows, columns, x, 0, columns + 3, expected, 0, columns + 1, sums, 1);
        simd.softmaxRows(rows, columns, x, 0, columns + 3, found, 0, columns + 1, foundSums, 1);
        assertThat(bits(found)).as("%d columns", columns).isEqualTo(bits(expected));
        assertThat(bits(foundSums)).as("%d columns", columns).isEqualTo(bits(sums));
      }
    }
  }

  @Test
  void transposesOfAllShapes() {
    Philox random = Philox.of(5, 5);
    for (int rows : new int[] {1, 3, 4, 8, 16, 17, 33, 70}) {
      for (int columns : new int[] {1, 5, 8, 16, 31, 32, 50}) {
        float[] x = random(random, rows, rows * (columns + 2) + 1, false);
        float[] expected = new float[columns * (rows + 1) + 2];
        float[] found = expected.clone();
        scalar.transpose(rows, columns, x, 1, columns + 2, expected, 2, rows + 1);
        simd.transpose(rows, columns, x, 1, columns + 2, found, 2, rows + 1);
        assertThat(found).as("%d x %d", rows, columns).isEqualTo(expected);
      }
    }
  }

  @Test
  void matrixProductsOfFixedShapes() {
    int[][] shapes = {
      {1, 1, 1}, {7, 1, 16}, {16, 17, 7}, {17, 63, 16}, {63, 257, 17}, {257, 63, 100},
      {3, 1023, 5}, {24, 10, 64}, {25, 10, 128}, {128, 10, 512}, {32, 64, 64}, {6, 64, 784},
      {12, 32, 600}, {50, 48, 40}, {5, 80, 300}, {10, 512, 10}, {2, 3, 5000}, {40, 7, 4100},
      {33, 130, 513}, {0, 5, 5}, {5, 0, 5}, {5, 5, 0}, {3, 40, 4095}, {3, 40, 4096},
      {3, 40, 4097}, {18, 35, 3 * 4096 + 5}, {49, 128, 513}, {97, 600, 1100}, {60, 300, 130}
    };
    long number = 0;
    for (int[] s : shapes) {
      for (int flags = 0; flags < 16; flags++) {
        check(s[0], s[1], s[2], flags, number++);
      }
    }
  }

  @Test
  void matrixProductsOfRandomShapes() {
    Philox random = Philox.of(Long.getLong("thalweg.test.seed", 6), 6);
    for (int i = 0; i < 400; i++) {
      int m = 1 + random.below(5L * i, 90);
      int n = 1 + random.below(5L * i + 1, 150);
      int k = 1 + random.below(5L * i + 2, 700);
      check(m, n, k, random.below(5L * i + 3, 16), 1000 + i);
    }
  }

  /// One product; flags 1: A transposed, 2: B transposed, 4: accumulate, 8: with NaN, infinities
  /// and denormals.
  private void check(int m, int n, int k, int flags, long number) {
    boolean transposeA = (flags & 1) != 0;
    boolean transposeB = (flags & 2) != 0;
    boolean accumulate = (flags & 4) != 0;
    boolean special = (flags & 8) != 0;
    Philox random = Philox.of(number, 7);
    int aStride = (transposeA ? m : k) + 3;
    int bStride = (transposeB ? k : n) + 1;
    int cStride = n + 2;
    float[] a = random(random, 0, 5 + (transposeA ? k : m) * aStride, special);
    float[] b = random(random, a.length, 4 + (transposeB ? n : k) * bStride, special);
    float[] expected = random(random, 0, 3 + m * cStride, false);
    float[] found = expected.clone();
    scalar.matmul(
        transposeA,
        transposeB,
        m,
        n,
        k,
        a,
        5,
        aStride,
        b,
        4,
        bStride,
        expected,
        3,
        cStride,
        accumulate);
    simd.matmul(
        transposeA,
        transposeB,
        m,
        n,
        k,
        a,
        5,
        aStride,
        b,
        4,
        bStride,
        found,
        3,
        cStride,
        accumulate);
    assertThat(bits(found))
        .as("m=%d n=%d k=%d flags=%d number=%d", m, n, k, flags, number)
        .isEqualTo(bits(expected));
  }

  @Test
  void matricesByRows() {
    List<BinaryFunction> functions = List.of(BinaryFunction.values());
    for (int number = 0; number < 100; number++) {
      Philox random = Philox.of(number, 8);
      int rows = random.below(1, 12);
      int columns = 1 + random.below(2, number % 9 == 0 ? 5000 : 90);
      int stride = columns + random.below(3, 3);
      int size = 2 + 13 * stride;
      float[] x = random(random, 10, size, number % 3 == 0);
      float[] y = random(random, 100_000, size, number % 3 == 0);
      float[] z = random(random, 200_000, size, number % 3 == 0);
      String what = "number=%d rows=%d columns=%d".formatted(number, rows, columns);
      for (int steps = 0; steps < 64; steps++) {
        int[] column = {steps & 1, steps >> 1 & 1, steps >> 2 & 1};
        int[] row = new int[3];
        for (int i = 0; i < 3; i++) {
          row[i] = (steps >> (3 + i) & 1) * (column[i] == 0 ? 1 : stride);
        }
        float[] expected = new float[size];
        float[] found = new float[size];
        scalar.multiplyAdd(
            rows, columns, x, 1, row[0], column[0], y, 2, row[1], column[1], z, 0, row[2],
            column[2], expected, 1, stride);
        simd.multiplyAdd(
            rows, columns, x, 1, row[0], column[0], y, 2, row[1], column[1], z, 0, row[2],
            column[2], found, 1, stride);
        assertThat(bits(found)).as("multiplyAdd %s %d", what, steps).isEqualTo(bits(expected));
        BinaryFunction f = functions.get(number % functions.size());
        scalar.zipRows(
            f, rows, columns, x, 1, row[0], column[0], y, 2, row[1], column[1], expected, 1,
            stride);
        simd.zipRows(
            f, rows, columns, x, 1, row[0], column[0], y, 2, row[1], column[1], found, 1, stride);
        assertThat(bits(found)).as("%s %s %d", f, what, steps).isEqualTo(bits(expected));
      }
      float[] expected = z.clone();
      float[] found = z.clone();
      scalar.copyRows(rows, columns, x, 1, stride - 2, expected, 2, stride);
      simd.copyRows(rows, columns, x, 1, stride - 2, found, 2, stride);
      assertThat(bits(found)).as("copy %s", what).isEqualTo(bits(expected));
      scalar.rowDots(rows, columns, x, 1, stride, y, 2, stride, expected, 0);
      simd.rowDots(rows, columns, x, 1, stride, y, 2, stride, found, 0);
      assertThat(bits(found)).as("dots %s", what).isEqualTo(bits(expected));
      scalar.rowSums(rows, columns, x, 1, stride, expected, 0);
      simd.rowSums(rows, columns, x, 1, stride, found, 0);
      assertThat(bits(found)).as("sums %s", what).isEqualTo(bits(expected));
      scalar.columnDots(rows, columns, x, 1, stride, y, 2, stride, expected, 1);
      simd.columnDots(rows, columns, x, 1, stride, y, 2, stride, found, 1);
      assertThat(bits(found)).as("column dots %s", what).isEqualTo(bits(expected));
      int[] taps = new int[size];
      int[] foundTaps = new int[size];
      for (int tap = 1; tap < 4; tap++) {
        float[] w = tap == 2 ? y : x;
        scalar.maximumRows(rows, columns, w, tap - 1, stride, tap, expected, 1, stride, taps, 1);
        simd.maximumRows(rows, columns, w, tap - 1, stride, tap, found, 1, stride, foundTaps, 1);
      }
      assertThat(bits(found)).as("maximum %s", what).isEqualTo(bits(expected));
      assertThat(foundTaps).as("maximum %s", what).isEqualTo(taps);
      for (boolean add : new boolean[] {true, false}) {
        scalar.chosenRows(rows, columns, x, 1, stride, taps, 1, 2, expected, 2, stride, add);
        simd.chosenRows(rows, columns, x, 1, stride, taps, 1, 2, found, 2, stride, add);
        assertThat(bits(found)).as("chosen %s", what).isEqualTo(bits(expected));
      }
    }
  }

  @Test
  void packedProducts() {
    int w = simd.panelColumns();
    for (int number = 0; number < 100; number++) {
      Philox random = Philox.of(number, 9);
      int m = 1 + random.below(1, 130);
      int n = 1 + random.below(2, 300);
      int k = number % 50 == 0 ? 9000 : 1 + random.below(3, 600);
      boolean transposeA = number % 2 == 0;
      boolean transposeB = number % 3 == 0;
      int bStride = (transposeB ? k : n) + 1;
      float[] b = random(random, 10, (transposeB ? n : k) * bStride, number % 7 == 0);
      float[] packed = new float[3 + Math.ceilDiv(n, w) * w * k];
      float[] expectedPacked = packed.clone();
      simd.pack(transposeB, n, k, b, 0, bStride, packed, 3);
      ScalarPanels.pack(w, transposeB, n, k, b, 0, bStride, expectedPacked, 3);
      assertThat(bits(packed)).as("number=%d", number).isEqualTo(bits(expectedPacked));
      int aStride = (transposeA ? m : k) + 2;
      float[] a = random(random, 2_000_000, (transposeA ? k : m) * aStride, number % 7 == 0);
      float[] expected = random(random, 4_000_000, 1 + m * (n + 1), false);
      float[] found = expected.clone();
      float[] ofScalarPanels = expected.clone();
      int from = random.below(4, k); // rows of the packed matrix that are left out
      boolean add = number % 5 < 2;
      int bFrom = from * (transposeB ? 1 : bStride);
      scalar.matmul(
          transposeA,
          transposeB,
          m,
          n,
          k - from,
          a,
          0,
          aStride,
          b,
          bFrom,
          bStride,
          expected,
          1,
          n + 1,
          add);
      simd.matmulPacked(
          transposeA, m, n, k - from, a, 0, aStride, packed, 3 + from * w, k, found, 1, n + 1, add);
      assertThat(bits(found)).as("number=%d", number).isEqualTo(bits(expected));
      ScalarPanels.matmul(
          w,
          transposeA,
          m,
          n,
          k - from,
          a,
          0,
          aStride,
          packed,
          3 + from * w,
          k,
          ofScalarPanels,
          1,
          n + 1,
          add);
      assertThat(bits(ofScalarPanels)).as("number=%d", number).isEqualTo(bits(expected));
    }
  }
}
