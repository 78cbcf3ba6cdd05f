package dev.thalweg.kernels;

import java.util.Arrays;

/// Matrices by rows, shared among threads: broadcasts, sums along rows and down columns, rows
/// picked and added by their numbers, many products at once. A family of kernels on any provider.
///
/// Names of arguments are those of [Kernels]. What is said of floats holds for doubles.
public final class Rows {

  /// Numbers that take about a nanosecond.
  private static final double SPEED = 4;

  /// Multiply-adds that take about a nanosecond.
  private static final double PRODUCT_SPEED = 30;

  /// Rows of one chain of a sum down columns.
  static final int CHAIN = 256;

  private Rows() {}

  /// y(i, j) = x(i, j); see [Kernels#copyRows].
  public static void copy(
      Engine engine,
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride) {
    engine.share(
        rows,
        columns / SPEED,
        (from, to) ->
            engine
                .kernels()
                .copyRows(
                    to - from,
                    columns,
                    x,
                    xStart + from * xStride,
                    xStride,
                    y,
                    yStart + from * yStride,
                    yStride));
  }

  /// z(i, j) = f(x(i, j), y(i, j)); see [Kernels#zipRows].
  public static void zip(
      Engine engine,
      BinaryFunction f,
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xRow,
      int xColumn,
      float[] y,
      int yStart,
      int yRow,
      int yColumn,
      float[] z,
      int zStart,
      int zStride) {
    engine.share(
        rows,
        columns / SPEED,
        (from, to) ->
            engine
                .kernels()
                .zipRows(
                    f,
                    to - from,
                    columns,
                    x,
                    xStart + from * xRow,
                    xRow,
                    xColumn,
                    y,
                    yStart + from * yRow,
                    yRow,
                    yColumn,
                    z,
                    zStart + from * zStride,
                    zStride));
  }

  /// to(i, j) = fma(x(i, j), y(i, j), z(i, j)); see [Kernels#multiplyAdd].
  public static void multiplyAdd(
      Engine engine,
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xRow,
      int xColumn,
      float[] y,
      int yStart,
      int yRow,
      int yColumn,
      float[] z,
      int zStart,
      int zRow,
      int zColumn,
      float[] to,
      int toStart,
      int toStride) {
    engine.share(
        rows,
        columns / SPEED,
        (from, end) ->
            engine
                .kernels()
                .multiplyAdd(
                    end - from,
                    columns,
                    x,
                    xStart + from * xRow,
                    xRow,
                    xColumn,
                    y,
                    yStart + from * yRow,
                    yRow,
                    yColumn,
                    z,
                    zStart + from * zRow,
                    zRow,
                    zColumn,
                    to,
                    toStart + from * toStride,
                    toStride));
  }

  /// z(i) = Σ_j x(i, j); see [Kernels#rowSums].
  public static void sums(
      Engine engine,
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] z,
      int zStart) {
    engine.share(
        rows,
        columns / SPEED,
        (from, to) ->
            engine
                .kernels()
                .rowSums(
                    to - from, columns, x, xStart + from * xStride, xStride, z, zStart + from));
  }

  /// z(i) = Σ_j x(i, j) y(i, j); see [Kernels#rowDots].
  public static void dots(
      Engine engine,
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] z,
      int zStart) {
    engine.share(
        rows,
        columns / SPEED,
        (from, to) ->
            engine
                .kernels()
                .rowDots(
                    to - from,
                    columns,
                    x,
                    xStart + from * xStride,
                    xStride,
                    y,
                    yStart + from * yStride,
                    yStride,
                    z,
                    zStart + from));
  }

  /// z(j) = Σ_i x(i, j) y(i, j): each 256 rows are a chain as [Kernels#columnDots] has it, begun at
  /// 0, and the chains are added in order, in double.
  public static void columnDots(
      Engine engine,
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] z,
      int zStart) {
    int chains = Math.ceilDiv(rows, CHAIN);
    float[] parts = Room.floats(Room.BLOCKS, chains * columns);
    engine.share(
        chains,
        CHAIN * columns / SPEED,
        (from, to) -> {
          Arrays.fill(parts, from * columns, to * columns, 0);
          for (int c = from; c < to; c++) {
            engine
                .kernels()
                .columnDots(
                    Math.min(CHAIN, rows - c * CHAIN),
                    columns,
                    x,
                    xStart + c * CHAIN * xStride,
                    xStride,
                    y,
                    yStart + c * CHAIN * yStride,
                    yStride,
                    parts,
                    c * columns);
          }
        });
    for (int j = 0; j < columns; j++) {
      double total = 0;
      for (int c = 0; c < chains; c++) {
        total += parts[c * columns + j];
      }
      z[zStart + j] = (float) total;
    }
  }

  /// y(i, j) = x(numbers(i), j), for rows that lie dense: what an embedding looks up.
  public static void gather(
      Engine engine,
      int rows,
      int columns,
      int[] numbers,
      int numbersStart,
      float[] x,
      int xStart,
      float[] y,
      int yStart) {
    engine.share(
        rows,
        10 + columns / SPEED,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = xStart + numbers[numbersStart + i] * columns;
            System.arraycopy(x, at, y, yStart + i * columns, columns);
          }
        });
  }

  /// y(numbers(i), j) = y(numbers(i), j) + x(i, j), i in order, for rows that lie dense: the
  /// gradient of [#gather].
  ///
  /// @param targets rows of y
  public static void scatterAdd(
      Engine engine,
      int rows,
      int columns,
      int[] numbers,
      int numbersStart,
      float[] x,
      int xStart,
      int targets,
      float[] y,
      int yStart) {
    engine.shareUneven(
        targets,
        rows * (columns / SPEED) / targets,
        (from, to) -> {
          for (int i = 0; i < rows; i++) {
            int target = numbers[numbersStart + i];
            if (target >= from && target < to) {
              int at = yStart + target * columns;
              engine
                  .kernels()
                  .zip(BinaryFunction.ADD, y, at, 1, x, xStart + i * columns, 1, y, at, columns);
            }
          }
        });
  }

  /// That many matrix products, each as [Kernels#matmul], whose matrices lie a step apart; a step
  /// of 0 is the same matrix for all.
  public static void matmul(
      Engine engine,
      int products,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aStart,
      int aStep,
      int aStride,
      float[] b,
      int bStart,
      int bStep,
      int bStride,
      float[] c,
      int cStart,
      int cStep,
      int cStride,
      boolean accumulate) {
    int strip = products >= 4 * engine.threads() ? m : Math.ceilDiv(m, 12 * engine.threads()) * 12;
    int strips = strip == 0 ? 0 : Math.ceilDiv(m, strip);
    engine.share(
        products * strips,
        (double) strip * n * k / PRODUCT_SPEED,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int p = i / strips;
            int row = i % strips * strip;
            engine
                .kernels()
                .matmul(
                    transposeA,
                    transposeB,
                    Math.min(strip, m - row),
                    n,
                    k,
                    a,
                    aStart + p * aStep + row * (transposeA ? 1 : aStride),
                    aStride,
                    b,
                    bStart + p * bStep,
                    bStride,
                    c,
                    cStart + p * cStep + row * cStride,
                    cStride,
                    accumulate);
          }
        });
  }

  /// See the other, in double.
  public static void copy(
      Engine engine,
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xStride,
      double[] y,
      int yStart,
      int yStride) {
    engine.share(
        rows,
        columns / SPEED,
        (from, to) ->
            DoubleKernels.copyRows(
                to - from,
                columns,
                x,
                xStart + from * xStride,
                xStride,
                y,
                yStart + from * yStride,
                yStride));
  }

  /// See the other, in double.
  public static void zip(
      Engine engine,
      BinaryFunction f,
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xRow,
      int xColumn,
      double[] y,
      int yStart,
      int yRow,
      int yColumn,
      double[] z,
      int zStart,
      int zStride) {
    engine.share(
        rows,
        columns / SPEED,
        (from, to) ->
            DoubleKernels.zipRows(
                f,
                to - from,
                columns,
                x,
                xStart + from * xRow,
                xRow,
                xColumn,
                y,
                yStart + from * yRow,
                yRow,
                yColumn,
                z,
                zStart + from * zStride,
                zStride));
  }

  /// See the other, in double.
  public static void multiplyAdd(
      Engine engine,
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xRow,
      int xColumn,
      double[] y,
      int yStart,
      int yRow,
      int yColumn,
      double[] z,
      int zStart,
      int zRow,
      int zColumn,
      double[] to,
      int toStart,
      int toStride) {
    engine.share(
        rows,
        columns / SPEED,
        (from, end) ->
            DoubleKernels.multiplyAdd(
                end - from,
                columns,
                x,
                xStart + from * xRow,
                xRow,
                xColumn,
                y,
                yStart + from * yRow,
                yRow,
                yColumn,
                z,
                zStart + from * zRow,
                zRow,
                zColumn,
                to,
                toStart + from * toStride,
                toStride));
  }

  /// See the other, in double.
  public static void sums(
      Engine engine,
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xStride,
      double[] z,
      int zStart) {
    engine.share(
        rows,
        columns / SPEED,
        (from, to) ->
            DoubleKernels.rowSums(
                to - from, columns, x, xStart + from * xStride, xStride, z, zStart + from));
  }

  /// See the other, in double.
  public static void dots(
      Engine engine,
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xStride,
      double[] y,
      int yStart,
      int yStride,
      double[] z,
      int zStart) {
    engine.share(
        rows,
        columns / SPEED,
        (from, to) ->
            DoubleKernels.rowDots(
                to - from,
                columns,
                x,
                xStart + from * xStride,
                xStride,
                y,
                yStart + from * yStride,
                yStride,
                z,
                zStart + from));
  }

  /// See the other, in double.
  public static void columnDots(
      Engine engine,
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xStride,
      double[] y,
      int yStart,
      int yStride,
      double[] z,
      int zStart) {
    int chains = Math.ceilDiv(rows, CHAIN);
    double[] parts = Room.doubles(Room.BLOCKS, chains * columns);
    engine.share(
        chains,
        CHAIN * columns / SPEED,
        (from, to) -> {
          Arrays.fill(parts, from * columns, to * columns, 0);
          for (int c = from; c < to; c++) {
            DoubleKernels.columnDots(
                Math.min(CHAIN, rows - c * CHAIN),
                columns,
                x,
                xStart + c * CHAIN * xStride,
                xStride,
                y,
                yStart + c * CHAIN * yStride,
                yStride,
                parts,
                c * columns);
          }
        });
    for (int j = 0; j < columns; j++) {
      double total = 0;
      for (int c = 0; c < chains; c++) {
        total += parts[c * columns + j];
      }
      z[zStart + j] = total;
    }
  }

  /// See the other, in double.
  public static void gather(
      Engine engine,
      int rows,
      int columns,
      int[] numbers,
      int numbersStart,
      double[] x,
      int xStart,
      double[] y,
      int yStart) {
    engine.share(
        rows,
        10 + columns / SPEED,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = xStart + numbers[numbersStart + i] * columns;
            System.arraycopy(x, at, y, yStart + i * columns, columns);
          }
        });
  }

  /// See the other, in double.
  public static void scatterAdd(
      Engine engine,
      int rows,
      int columns,
      int[] numbers,
      int numbersStart,
      double[] x,
      int xStart,
      int targets,
      double[] y,
      int yStart) {
    engine.shareUneven(
        targets,
        rows * (columns / SPEED) / targets,
        (from, to) -> {
          for (int i = 0; i < rows; i++) {
            int target = numbers[numbersStart + i];
            if (target >= from && target < to) {
              int at = yStart + target * columns;
              DoubleKernels.zip(
                  BinaryFunction.ADD, y, at, 1, x, xStart + i * columns, 1, y, at, columns);
            }
          }
        });
  }

  /// See the other, in double.
  public static void matmul(
      Engine engine,
      int products,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double[] a,
      int aStart,
      int aStep,
      int aStride,
      double[] b,
      int bStart,
      int bStep,
      int bStride,
      double[] c,
      int cStart,
      int cStep,
      int cStride,
      boolean accumulate) {
    int strip = products >= 4 * engine.threads() ? m : Math.ceilDiv(m, 12 * engine.threads()) * 12;
    int strips = strip == 0 ? 0 : Math.ceilDiv(m, strip);
    engine.share(
        products * strips,
        (double) strip * n * k / PRODUCT_SPEED,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int p = i / strips;
            int row = i % strips * strip;
            DoubleKernels.matmul(
                transposeA,
                transposeB,
                Math.min(strip, m - row),
                n,
                k,
                a,
                aStart + p * aStep + row * (transposeA ? 1 : aStride),
                aStride,
                b,
                bStart + p * bStep,
                bStride,
                c,
                cStart + p * cStep + row * cStride,
                cStride,
                accumulate);
          }
        });
  }
}
