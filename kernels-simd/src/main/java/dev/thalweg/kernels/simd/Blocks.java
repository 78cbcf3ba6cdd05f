package dev.thalweg.kernels.simd;

import static dev.thalweg.kernels.simd.Scratch.ALIGNED;

/// Products whose B is packed for many columns of C before the tiles begin. They take strips of
/// rows then, from left to right: the rows of A stay in the first-level cache for all panels of B,
/// and those of C are written as they lie. Panel after panel, each down all rows, A comes again for
/// every one of them from as many places as a tile has rows, and so do the lines of C that two
/// panels share where arrays don't begin on a line: three quarters of the speed where C is larger
/// than the second-level cache.
///
/// A is read in place where its rows lie side by side. A transposed one is copied, a strip at a
/// time, in the order in which the tiles read it; with few registers it is turned on the way: the
/// tiles that read A by columns hold too many of its floats at once there, and reach two thirds of
/// the speed of those that read it by rows.
final class Blocks {
  private static final int L = Width.LANES;
  private static final int WIDTH = SimdMatmul.PANEL * L;

  /// Rows of C in a strip.
  private static final int HEIGHT = 48;

  /// Steps of k that the tiles take at once: a panel of 32 KiB with 512-bit vectors, of 16 with
  /// 256.
  private static final int DEPTH = Width.FEW_REGISTERS ? 256 : 128;

  /// Steps of k that B is packed for at once. Long rows are what the CPU's prefetchers need; a
  /// transposed A is read across.
  private static final int LENGTH = 512;

  /// Floats of B that are packed at once: 1 MiB.
  private static final int PACKED = 1 << 18;

  /// Columns of C from which on a transposed A is worth its copy.
  private static final int COPIED_COLUMNS = 96;

  private Blocks() {}

  /// Whether blocks are worth it: there are panels enough, and more rows than a strip has (than two
  /// have, where B must be turned), or a transposed A that would come across for long.
  static boolean pay(boolean transposeA, boolean transposeB, int m, int n, int k) {
    if (transposeA) {
      return m > HEIGHT && n >= COPIED_COLUMNS && (Width.FEW_REGISTERS || k > DEPTH);
    }
    return m > (transposeB ? 2 * HEIGHT : HEIGHT) && n >= 2 * WIDTH;
  }

  /// C = op(A) op(B), or C += op(A) op(B), for whole panels of columns.
  static void multiply(
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
    int length = Math.min(k, transposeA ? DEPTH : LENGTH);
    int most = Math.min(n, Math.max(PACKED / length / WIDTH, 1) * WIDTH);
    float[] panels = Scratch.panel(Scratch.get(), most * length);
    for (int j = 0; j < n; j += most) {
      int columns = Math.min(most, n - j);
      for (int p = 0; p < k; p += length) {
        int steps = Math.min(length, k - p);
        int bp = transposeB ? bStart + j * bStride + p : bStart + p * bStride + j;
        pack(transposeB, columns, steps, b, bp, bStride, panels);
        strips(
            transposeA,
            m,
            columns,
            steps,
            a,
            transposeA ? aStart + p * aStride : aStart + p,
            aStride,
            panels,
            ALIGNED,
            columns,
            0,
            c,
            cStart + j,
            cStride,
            accumulate || p > 0);
      }
    }
  }

  /// Copies whole panels of op(B), those of [#DEPTH] steps of k behind each other: the CPU's
  /// prefetchers find the next one.
  private static void pack(
      boolean transposeB, int n, int k, float[] b, int bStart, int bStride, float[] panels) {
    for (int p = 0; p < k; p += DEPTH) {
      int depth = Math.min(DEPTH, k - p);
      int to = ALIGNED + p * n;
      for (int j = 0; j < n; j += WIDTH) {
        if (transposeB) {
          int at = bStart + j * bStride + p;
          Panels.packTransposed(depth, WIDTH, WIDTH, b, at, bStride, panels, to + j * depth);
        } else {
          int at = bStart + p * bStride + j;
          Panels.pack(depth, SimdMatmul.PANEL, b, at, bStride, panels, to + j * depth);
        }
      }
    }
  }

  /// The same, where B has been packed beforehand.
  static void multiplyPacked(
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
    strips(
        transposeA,
        m,
        n,
        k,
        a,
        aStart,
        aStride,
        packed,
        packedStart,
        WIDTH,
        packedDepth,
        c,
        cStart,
        cStride,
        accumulate);
  }

  /// All strips of rows.
  ///
  /// @param step floats from a step of k to one that is [#DEPTH] further on, divided by it
  /// @param panelDepth steps of k from one panel to the next; 0: as many as the tiles take at once
  private static void strips(
      boolean transposeA,
      int m,
      int n,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] panels,
      int panelsStart,
      int step,
      int panelDepth,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    float[] strip = transposeA ? Scratch.block(Scratch.get(), HEIGHT * DEPTH) : a;
    for (int i = 0; i < m; i += HEIGHT) {
      int height = Math.min(HEIGHT, m - i);
      int ci = cStart + i * cStride;
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        int at = aStart + i * aStride + p;
        int stride = aStride;
        if (transposeA) {
          int from = aStart + p * aStride + i;
          at = ALIGNED;
          if (Width.FEW_REGISTERS) {
            stride = depth;
            Transposition.all(depth, height, a, from, aStride, strip, at, stride);
          } else {
            stride = height;
            Panels.packStrip(depth, height, a, from, aStride, strip, at);
          }
        }
        boolean byColumns = transposeA && !Width.FEW_REGISTERS;
        int panel = panelsStart + p * step;
        int next = WIDTH * (panelDepth == 0 ? depth : panelDepth);
        boolean add = accumulate || p > 0;
        for (int j = 0; j < n; j += WIDTH) {
          SimdMatmul.rows(
              byColumns,
              SimdMatmul.PANEL,
              height,
              depth,
              strip,
              at,
              stride,
              panels,
              panel,
              WIDTH,
              c,
              ci + j,
              cStride,
              add);
          panel += next;
        }
      }
    }
  }
}
