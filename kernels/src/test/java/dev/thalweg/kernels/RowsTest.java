package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Matrices by rows, permuted axes and enlarged images beside their definitions, in float and
/// double.
class RowsTest {

  private static int size(Random random) {
    return 1 + random.nextInt(random.nextInt(5) == 0 ? 300 : 20);
  }

  private static void near(String what, double[] found, float[] expected) {
    double error = 0;
    for (int i = 0; i < found.length; i++) {
      error = Math.max(error, Math.abs(found[i] - expected[i]));
    }
    assertThat(error).as(what).isLessThan(1e-4);
  }

  @Test
  void broadcastsOfRowsColumnsAndNumbers() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int rows = size(random);
      int columns = size(random);
      int stride = columns + random.nextInt(3);
      int xColumn = random.nextInt(2);
      int xRow = random.nextInt(2) * (xColumn == 0 ? 1 : stride);
      int yColumn = random.nextInt(2);
      int yRow = random.nextInt(2) * (yColumn == 0 ? 1 : stride);
      float[] x = Geometries.numbers(random, 2 + rows * stride);
      float[] y = Geometries.numbers(random, 2 + rows * stride);
      float[] z = new float[1 + rows * stride];
      float[] sum = z.clone();
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          float a = x[2 + i * xRow + j * xColumn];
          float b = y[1 + i * yRow + j * yColumn];
          sum[1 + i * stride + j] = a * b;
          z[1 + i * stride + j] = Math.fma(a, b, x[i * stride + j]);
        }
      }
      Engine engine = Engine.of("scalar", 1 + random.nextInt(3));
      float[] found = new float[z.length];
      BinaryFunction times = BinaryFunction.MULTIPLY;
      Rows.zip(
          engine, times, rows, columns, x, 2, xRow, xColumn, y, 1, yRow, yColumn, found, 1, stride);
      assertThat(found).isEqualTo(sum);
      Rows.multiplyAdd(
          engine, rows, columns, x, 2, xRow, xColumn, y, 1, yRow, yColumn, x, 0, stride, 1, found,
          1, stride);
      assertThat(found).isEqualTo(z);
      double[] x2 = Geometries.doubles(x);
      double[] y2 = Geometries.doubles(y);
      double[] found2 = new double[z.length];
      Rows.zip(
          engine, times, rows, columns, x2, 2, xRow, xColumn, y2, 1, yRow, yColumn, found2, 1,
          stride);
      near("zip", found2, sum);
      Rows.multiplyAdd(
          engine, rows, columns, x2, 2, xRow, xColumn, y2, 1, yRow, yColumn, x2, 0, stride, 1,
          found2, 1, stride);
      near("multiplyAdd", found2, z);
    }
  }

  @Test
  void sumsAlongRowsAndDownColumns() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int rows = size(random);
      int columns = seed == 7 ? 9000 : size(random);
      int stride = columns + random.nextInt(3);
      float[] x = Geometries.numbers(random, rows * stride);
      float[] y = Geometries.numbers(random, rows * stride);
      float[] sums = new float[rows];
      float[] dots = new float[rows];
      float[] down = new float[columns];
      for (int i = 0; i < rows; i++) {
        double s = 0;
        double t = 0;
        for (int j = 0; j < columns; j++) {
          s += x[i * stride + j];
          t += (double) x[i * stride + j] * y[i * stride + j];
          down[j] = Math.fma(x[i * stride + j], y[i * stride + j], down[j]);
        }
        sums[i] = (float) s;
        dots[i] = (float) t;
      }
      Engine engine = Engine.of("scalar", 1 + random.nextInt(3));
      float[] found = new float[rows];
      double[] found2 = new double[rows];
      double[] x2 = Geometries.doubles(x);
      double[] y2 = Geometries.doubles(y);
      Rows.sums(engine, rows, columns, x, 0, stride, found, 0);
      near("sums", Geometries.doubles(found), sums);
      Rows.sums(engine, rows, columns, x2, 0, stride, found2, 0);
      near("sums", found2, sums);
      Rows.dots(engine, rows, columns, x, 0, stride, y, 0, stride, found, 0);
      near("dots", Geometries.doubles(found), dots);
      Rows.dots(engine, rows, columns, x2, 0, stride, y2, 0, stride, found2, 0);
      near("dots", found2, dots);
      float[] foundDown = new float[columns];
      double[] foundDown2 = new double[columns];
      Rows.columnDots(engine, rows, columns, x, 0, stride, y, 0, stride, foundDown, 0);
      if (rows <= 256) {
        assertThat(foundDown).isEqualTo(down);
      }
      near("columnDots", Geometries.doubles(foundDown), down);
      Rows.columnDots(engine, rows, columns, x2, 0, stride, y2, 0, stride, foundDown2, 0);
      near("columnDots", foundDown2, down);
    }
  }

  @Test
  void aDotHasTheOrderOfASum() {
    Random random = new Random(3);
    for (int n : new int[] {0, 1, 15, 16, 17, 100, 4096, 4097, 9001}) {
      float[] x = Geometries.numbers(random, n);
      float[] ones = new float[n];
      java.util.Arrays.fill(ones, 1);
      float[] found = new float[1];
      ScalarKernels.INSTANCE.rowDots(1, n, x, 0, n, ones, 0, n, found, 0);
      assertThat(found[0]).isEqualTo(ScalarKernels.INSTANCE.sum(x, 0, n));
      double[] x2 = Geometries.doubles(x);
      double[] found2 = new double[1];
      DoubleKernels.rowDots(1, n, x2, 0, n, Geometries.doubles(ones), 0, n, found2, 0);
      assertThat(found2[0]).isEqualTo(DoubleKernels.sum(x2, 0, n));
    }
  }

  @Test
  void rowsByTheirNumbersAndBack() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int targets = size(random);
      int rows = 10 * size(random);
      int columns = size(random);
      int[] numbers = random.ints(rows, 0, targets).toArray();
      float[] table = Geometries.numbers(random, targets * columns);
      float[] x = Geometries.numbers(random, rows * columns);
      float[] expected = new float[rows * columns];
      float[] back = table.clone();
      for (int i = 0; i < rows * columns; i++) {
        int at = numbers[i / columns] * columns + i % columns;
        expected[i] = table[at];
        back[at] += x[i];
      }
      Engine engine = Engine.of("scalar", 1 + random.nextInt(3));
      float[] found = new float[rows * columns];
      Rows.gather(engine, rows, columns, numbers, 0, table, 0, found, 0);
      assertThat(found).isEqualTo(expected);
      float[] foundBack = table.clone();
      Rows.scatterAdd(engine, rows, columns, numbers, 0, x, 0, targets, foundBack, 0);
      assertThat(foundBack).isEqualTo(back);
      double[] found2 = new double[rows * columns];
      Rows.gather(engine, rows, columns, numbers, 0, Geometries.doubles(table), 0, found2, 0);
      near("gather", found2, expected);
      double[] back2 = Geometries.doubles(table);
      Rows.scatterAdd(
          engine, rows, columns, numbers, 0, Geometries.doubles(x), 0, targets, back2, 0);
      near("scatterAdd", back2, back);
    }
  }

  @Test
  void manyProductsAreEachAProduct() {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int products = 1 + random.nextInt(9);
      int m = size(random);
      int n = 1 + random.nextInt(40);
      int k = 1 + random.nextInt(40);
      boolean ta = random.nextBoolean();
      boolean tb = random.nextBoolean();
      boolean add = random.nextBoolean();
      int bStep = random.nextBoolean() ? 0 : k * n;
      float[] a = Geometries.numbers(random, products * m * k);
      float[] b = Geometries.numbers(random, products * k * n);
      float[] c = Geometries.numbers(random, products * m * n);
      float[] expected = c.clone();
      double[] c2 = Geometries.doubles(c);
      int as = ta ? m : k;
      int bs = tb ? k : n;
      for (int p = 0; p < products; p++) {
        ScalarKernels.INSTANCE.matmul(
            ta, tb, m, n, k, a, p * m * k, as, b, p * bStep, bs, expected, p * m * n, n, add);
      }
      Engine engine = Engine.of("scalar", 1 + random.nextInt(3));
      Rows.matmul(
          engine, products, ta, tb, m, n, k, a, 0, m * k, as, b, 0, bStep, bs, c, 0, m * n, n, add);
      assertThat(c).as("seed %d", seed).isEqualTo(expected);
      Rows.matmul(
          engine,
          products,
          ta,
          tb,
          m,
          n,
          k,
          Geometries.doubles(a),
          0,
          m * k,
          as,
          Geometries.doubles(b),
          0,
          bStep,
          bs,
          c2,
          0,
          m * n,
          n,
          add);
      near("products", c2, expected);
    }
  }

  @Test
  void axesInAnyOrder() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int rank = random.nextInt(5);
      int[] sizes = random.ints(rank, 1, rank < 3 ? 150 : 12).toArray();
      int[] axes = new int[rank];
      for (int i = 0; i < rank; i++) {
        int j = random.nextInt(i + 1);
        axes[i] = axes[j];
        axes[j] = i;
      }
      int n = 1;
      for (int s : sizes) {
        n *= s;
      }
      float[] x = Geometries.numbers(random, n);
      float[] expected = new float[n];
      for (int i = 0; i < n; i++) {
        int[] at = new int[rank];
        for (int axis = rank - 1, rest = i; axis >= 0; axis--) {
          at[axis] = rest % sizes[axis];
          rest /= sizes[axis];
        }
        int to = 0;
        for (int axis : axes) {
          to = to * sizes[axis] + at[axis];
        }
        expected[to] = x[i];
      }
      Engine engine = Engine.of("scalar", 1 + random.nextInt(3));
      float[] found = new float[n];
      Permutation.copy(engine, sizes, axes, x, 0, found, 0);
      assertThat(found).as("seed %d", seed).isEqualTo(expected);
      double[] found2 = new double[n];
      Permutation.copy(engine, sizes, axes, Geometries.doubles(x), 0, found2, 0);
      assertThat(found2).as("seed %d", seed).isEqualTo(Geometries.doubles(expected));
    }
  }

  /// Something linear in images, and what must be its transpose.
  private interface Linear {
    void of(float[] x, float[] y);
  }

  /// Σ dy · f(x) = Σ dx · x
  private static void transposed(
      String what, Random random, int inputs, int outputs, Linear forward, Linear back) {
    float[] x = Geometries.numbers(random, inputs);
    float[] dy = Geometries.numbers(random, outputs);
    float[] y = new float[outputs];
    float[] dx = new float[inputs];
    forward.of(x, y);
    back.of(dy, dx);
    double left = 0;
    double right = 0;
    for (int i = 0; i < outputs; i++) {
      left += (double) dy[i] * y[i];
    }
    for (int i = 0; i < inputs; i++) {
      right += (double) dx[i] * x[i];
    }
    assertThat(right).as(what).isCloseTo(left, org.assertj.core.data.Offset.offset(1e-4));
  }

  @Test
  void imagesAreEnlargedAndBack() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      var u =
          new Upsampling(
              1 + random.nextInt(6),
              1 + random.nextInt(6),
              1 + random.nextInt(9),
              1 + random.nextInt(14),
              1 + random.nextInt(14));
      Engine engine = Engine.of("scalar", 1 + random.nextInt(3));
      int n = 1 + random.nextInt(3);
      String what = "seed " + seed + ": " + u;
      float[] x = Geometries.numbers(random, n * u.inputSize());
      double[] x2 = Geometries.doubles(x);
      float[] y = new float[n * u.outputSize()];
      double[] y2 = new double[y.length];
      u.nearest(engine, n, x, 0, y, 0);
      u.nearest(engine, n, x2, 0, y2, 0);
      near(what, y2, y);
      u.bilinear(engine, n, x, 0, y, 0);
      u.bilinear(engine, n, x2, 0, y2, 0);
      near(what, y2, y);
      transposed(
          what,
          random,
          x.length,
          y.length,
          (a, b) -> u.nearest(engine, n, a, 0, b, 0),
          (a, b) -> u.nearestBack(engine, n, a, 0, b, 0));
      transposed(
          what,
          random,
          x.length,
          y.length,
          (a, b) -> u.bilinear(engine, n, a, 0, b, 0),
          (a, b) -> u.bilinearBack(engine, n, a, 0, b, 0));
      float[] dx = new float[x.length];
      double[] dx2 = new double[x.length];
      u.nearestBack(engine, n, y, 0, dx, 0);
      u.nearestBack(engine, n, Geometries.doubles(y), 0, dx2, 0);
      near(what, dx2, dx);
      u.bilinearBack(engine, n, y, 0, dx, 0);
      u.bilinearBack(engine, n, Geometries.doubles(y), 0, dx2, 0);
      near(what, dx2, dx);
    }
  }

  @Test
  void imagesAreEnlargedAsPyTorchDoes() {
    // interpolate([[1, 2], [3, 5]], size=(4, 3)), by nearest and by bilinear, align_corners=False
    var u = new Upsampling(2, 2, 1, 4, 3);
    float[] y = new float[12];
    Engine engine = Engine.of("scalar", 1);
    u.nearest(engine, 1, new float[] {1, 2, 3, 5}, 0, y, 0);
    assertThat(y).containsExactly(1, 1, 2, 1, 1, 2, 3, 3, 5, 3, 3, 5);
    u.bilinear(engine, 1, new float[] {1, 2, 3, 5}, 0, y, 0);
    assertThat(y)
        .containsExactly(
            new float[] {1, 1.5f, 2, 1.5f, 2.125f, 2.75f, 2.5f, 3.375f, 4.25f, 3, 4, 5},
            org.assertj.core.data.Offset.offset(1e-6f));
  }

  @Test
  void imagesAreDividedIntoMeansAndBack() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      var p =
          new AdaptivePooling(
              1 + random.nextInt(9),
              1 + random.nextInt(9),
              1 + random.nextInt(9),
              1 + random.nextInt(5),
              1 + random.nextInt(5));
      Engine engine = Engine.of("scalar", 1 + random.nextInt(3));
      int n = 1 + random.nextInt(3);
      String what = "seed " + seed + ": " + p;
      float[] x = Geometries.numbers(random, n * p.inputSize());
      float[] y = new float[n * p.outputSize()];
      double[] y2 = new double[y.length];
      p.mean(engine, n, x, 0, y, 0);
      p.mean(engine, n, Geometries.doubles(x), 0, y2, 0);
      near(what, y2, y);
      transposed(
          what,
          random,
          x.length,
          y.length,
          (a, b) -> p.mean(engine, n, a, 0, b, 0),
          (a, b) -> p.meanBack(engine, n, a, 0, b, 0));
      float[] dx = new float[x.length];
      double[] dx2 = new double[x.length];
      p.meanBack(engine, n, y, 0, dx, 0);
      p.meanBack(engine, n, Geometries.doubles(y), 0, dx2, 0);
      near(what, dx2, dx);
    }
  }
}
