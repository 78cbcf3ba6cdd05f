package dev.thalweg.kernels;

/// Matrix products whose inner size is beyond [Kernels#CHAIN]: a chain for each so many inner
/// indices, and the sums of the chains added in order. What a provider does with such a product,
/// given that it multiplies shorter ones.
public final class LongSums {

  /// Rows and columns of C whose next block is kept beside it until it is added.
  private static final int ROWS = 128;

  private static final int COLUMNS = 512;

  private LongSums() {}

  /// [Kernels#matmul] for k > [Kernels#CHAIN], by products that are shorter.
  public static void matmul(
      Kernels kernels,
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] b,
      int bStart,
      int bStride,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    int chain = Kernels.CHAIN;
    kernels.matmul(
        transposeA,
        transposeB,
        m,
        n,
        chain,
        a,
        aStart,
        aStride,
        b,
        bStart,
        bStride,
        c,
        cStart,
        cStride,
        accumulate);
    float[] next = Room.floats(Room.NEXT_CHAIN, Math.min(m, ROWS) * Math.min(n, COLUMNS));
    int aStep = transposeA ? aStride : 1;
    int bStep = transposeB ? 1 : bStride;
    for (int p = chain; p < k; p += chain) {
      for (int j = 0; j < n; j += COLUMNS) {
        int columns = Math.min(COLUMNS, n - j);
        int bj = bStart + p * bStep + j * (transposeB ? bStride : 1);
        for (int i = 0; i < m; i += ROWS) {
          int rows = Math.min(ROWS, m - i);
          kernels.matmul(
              transposeA,
              transposeB,
              rows,
              columns,
              Math.min(chain, k - p),
              a,
              aStart + p * aStep + i * (transposeA ? 1 : aStride),
              aStride,
              b,
              bj,
              bStride,
              next,
              0,
              columns,
              false);
          add(kernels, rows, columns, next, c, cStart + i * cStride + j, cStride);
        }
      }
    }
  }

  /// [Kernels#matmulPacked] for k > [Kernels#CHAIN], by products that are shorter.
  public static void matmulPacked(
      Kernels kernels,
      boolean transposeA,
      int m,
      int n,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] packed,
      int packedStart,
      int packedDepth,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    int width = kernels.panelColumns();
    int columns = Math.ceilDiv(COLUMNS, width) * width;
    float[] next = Room.floats(Room.NEXT_CHAIN, Math.min(m, ROWS) * Math.min(n, columns));
    for (int j = 0; j < n; j += columns) {
      int some = Math.min(columns, n - j);
      int panel = packedStart + j * packedDepth;
      for (int i = 0; i < m; i += ROWS) {
        int rows = Math.min(ROWS, m - i);
        int at = cStart + i * cStride + j;
        for (int p = 0; p < k; p += Kernels.CHAIN) {
          kernels.matmulPacked(
              transposeA,
              rows,
              some,
              Math.min(Kernels.CHAIN, k - p),
              a,
              aStart + p * (transposeA ? aStride : 1) + i * (transposeA ? 1 : aStride),
              aStride,
              packed,
              panel + p * width,
              packedDepth,
              p == 0 ? c : next,
              p == 0 ? at : 0,
              p == 0 ? cStride : some,
              accumulate && p == 0);
          if (p > 0) {
            add(kernels, rows, some, next, c, at, cStride);
          }
        }
      }
    }
  }

  private static void add(
      Kernels kernels, int rows, int columns, float[] x, float[] c, int cStart, int cStride) {
    for (int i = 0; i < rows; i++) {
      int at = cStart + i * cStride;
      kernels.zip(BinaryFunction.ADD, c, at, 1, x, i * columns, 1, c, at, columns);
    }
  }

  /// The same in double.
  static void matmul(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double[] a,
      int aStart,
      int aStride,
      double[] b,
      int bStart,
      int bStride,
      double[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    int chain = Kernels.CHAIN;
    double[] next = Room.doubles(Room.NEXT_CHAIN, n);
    int aStep = transposeA ? aStride : 1;
    int bStep = transposeB ? 1 : bStride;
    DoubleMatmul.matmul(
        transposeA,
        transposeB,
        m,
        n,
        chain,
        a,
        aStart,
        aStride,
        b,
        bStart,
        bStride,
        c,
        cStart,
        cStride,
        accumulate);
    for (int p = chain; p < k; p += chain) {
      for (int i = 0; i < m; i++) {
        DoubleMatmul.matmul(
            transposeA,
            transposeB,
            1,
            n,
            Math.min(chain, k - p),
            a,
            aStart + p * aStep + i * (transposeA ? 1 : aStride),
            aStride,
            b,
            bStart + p * bStep,
            bStride,
            next,
            0,
            n,
            false);
        for (int j = 0; j < n; j++) {
          c[cStart + i * cStride + j] += next[j];
        }
      }
    }
  }
}
