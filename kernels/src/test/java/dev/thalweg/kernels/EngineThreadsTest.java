package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every method gives the same bits with any number of threads, at sizes that are shared.
class EngineThreadsTest {
  private static final Engine ONE = Engine.of("auto", 1);

  private static float[] floats(int n, long stream) {
    float[] x = new float[n];
    Philox.of(11, stream).normal(0, x, 0, n, 0, 2);
    return x;
  }

  private static double[] doubles(int n, long stream) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = Philox.of(11, stream).normal(i);
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void whatIsNotFiniteIsFoundByEveryThread(int threads) {
    Engine engine = Engine.of("auto", threads);
    int n = 150_001;
    float[] x = floats(n + 3, 1);
    double[] y = doubles(n + 3, 1);
    x[0] = Float.NaN;
    y[0] = Double.NaN;
    assertThat(engine.areModerate(x, 1, n)).isTrue();
    assertThat(engine.areModerate(y, 1, n)).isTrue();
    for (int i = 1; i <= n; i += 30_000) {
      float goodX = x[i];
      double goodY = y[i];
      x[i] = Float.NEGATIVE_INFINITY;
      y[i] = i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
      assertThat(engine.areModerate(x, 1, n)).as("%d", i).isFalse();
      assertThat(engine.areModerate(y, 1, n)).as("%d", i).isFalse();
      x[i] = goodX;
      y[i] = goodY;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7})
  void sameBitsInF32(int threads) {
    Engine many = Engine.of("auto", threads);
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

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void sameBitsInF64(int threads) {
    Engine many = Engine.of("auto", threads);
    int n = 90_001;
    double[] x = doubles(n + 3, 1);
    double[] y = doubles(n + 3, 2);
    double[] expected = new double[n + 3];
    double[] found = new double[n + 3];
    ONE.map(UnaryFunction.TANH, x, 1, expected, 2, n);
    many.map(UnaryFunction.TANH, x, 1, found, 2, n);
    assertThat(found).isEqualTo(expected);
    ONE.zip(BinaryFunction.MAXIMUM, x, 1, 1, y, 2, 1, expected, 0, n);
    many.zip(BinaryFunction.MAXIMUM, x, 1, 1, y, 2, 1, found, 0, n);
    assertThat(found).isEqualTo(expected);
    assertThat(many.sum(x, 1, n)).isEqualTo(ONE.sum(x, 1, n));
    assertThat(many.max(x, 1, n)).isEqualTo(ONE.max(x, 1, n));
    double[] sums = new double[600];
    double[] foundSums = new double[600];
    ONE.softmaxRows(300, 299, x, 1, 299, expected, 2, 299, sums, 0);
    many.softmaxRows(300, 299, x, 1, 299, found, 2, 299, foundSums, 0);
    assertThat(found).isEqualTo(expected);
    assertThat(foundSums).isEqualTo(sums);
    for (int flags = 0; flags < 8; flags++) {
      boolean ta = (flags & 1) != 0;
      boolean tb = (flags & 2) != 0;
      ONE.matmul(
          ta,
          tb,
          130,
          150,
          70,
          x,
          1,
          ta ? 130 : 70,
          y,
          2,
          tb ? 70 : 150,
          expected,
          3,
          150,
          (flags & 4) != 0);
      many.matmul(
          ta,
          tb,
          130,
          150,
          70,
          x,
          1,
          ta ? 130 : 70,
          y,
          2,
          tb ? 70 : 150,
          found,
          3,
          150,
          (flags & 4) != 0);
      assertThat(found).isEqualTo(expected);
    }
  }
}
