package dev.thalweg.kernels;

import java.util.Arrays;

/// The matrix product in plain code that the JIT vectorises, for products that are wide enough.
///
/// A panel of B is copied into rows that are arrays of their own, so that all arrays of the inner
/// loop are read at the same index: that is what lets C2 vectorise it, at whatever width the CPU
/// has, without any flag. Two rows of C are summed over four rows of the panel at a time, in the
/// order that [Kernels#matmul] states.
final class RowMatmul {

  /// Columns of C from which on this is faster than [ScalarMatmul]'s blocks.
  static final int NARROWEST = 32;

  private static final int DEPTH = 128;
  private static final int WIDTH = 256;

  /// Rows of the panel, and behind them the two rows of C that are summed.
  private static final ThreadLocal<float[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[DEPTH + 2][WIDTH]);

  private RowMatmul() {}

  static void matmul(
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
    float[][] scratch = SCRATCH.get();
    int aRow = transposeA ? 1 : aStride;
    int aStep = transposeA ? aStride : 1;
    for (int j = 0; j < n; j += WIDTH) {
      int width = Math.min(WIDTH, n - j);
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        pack(scratch, transposeB, depth, width, b, bStart, bStride, p, j);
        multiply(
            scratch,
            m,
            width,
            depth,
            a,
            aStart + p * aStep,
            aRow,
            aStep,
            c,
            cStart + j,
            cStride,
            accumulate || p > 0);
      }
    }
  }

  private static void pack(
      float[][] panel,
      boolean transposed,
      int depth,
      int width,
      float[] b,
      int start,
      int stride,
      int p,
      int j) {
    for (int y = 0; y < depth; y++) {
      float[] row = panel[y];
      if (transposed) {
        int at = start + j * stride + p + y;
        for (int x = 0; x < width; x++) {
          row[x] = b[at + x * stride];
        }
      } else {
        System.arraycopy(b, start + (p + y) * stride + j, row, 0, width);
      }
    }
  }

  private static void multiply(
      float[][] scratch,
      int m,
      int width,
      int depth,
      float[] a,
      int aStart,
      int aRow,
      int aStep,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    float[] upper = scratch[DEPTH];
    float[] lower = scratch[DEPTH + 1];
    for (int i = 0; i < m; i += 2) {
      int at = cStart + i * cStride;
      // A last single row is computed twice: the same numbers, the second of them dropped.
      int second = i + 1 < m ? 1 : 0;
      if (accumulate) {
        System.arraycopy(c, at, upper, 0, width);
        System.arraycopy(c, at + second * cStride, lower, 0, width);
      } else {
        Arrays.fill(upper, 0, width, 0);
        Arrays.fill(lower, 0, width, 0);
      }
      twoRows(scratch, width, depth, a, aStart + i * aRow, second * aRow, aStep);
      System.arraycopy(upper, 0, c, at, width);
      System.arraycopy(lower, 0, c, at + second * cStride, width);
    }
  }

  private static void twoRows(
      float[][] panel, int width, int depth, float[] a, int aStart, int aRow, int aStep) {
    float[] upper = panel[DEPTH];
    float[] lower = panel[DEPTH + 1];
    int p = 0;
    int q = aStart;
    for (; p + 4 <= depth; p += 4) {
      int r = q + aRow;
      four(
          width,
          upper,
          lower,
          a[q],
          a[q + aStep],
          a[q + 2 * aStep],
          a[q + 3 * aStep],
          a[r],
          a[r + aStep],
          a[r + 2 * aStep],
          a[r + 3 * aStep],
          panel[p],
          panel[p + 1],
          panel[p + 2],
          panel[p + 3]);
      q += 4 * aStep;
    }
    for (; p < depth; p++) {
      one(width, upper, lower, a[q], a[q + aRow], panel[p]);
      q += aStep;
    }
  }

  private static void four(
      int width,
      float[] upper,
      float[] lower,
      float u0,
      float u1,
      float u2,
      float u3,
      float l0,
      float l1,
      float l2,
      float l3,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3) {
    for (int j = 0; j < width; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      float x2 = b2[j];
      float x3 = b3[j];
      upper[j] = Math.fma(u3, x3, Math.fma(u2, x2, Math.fma(u1, x1, Math.fma(u0, x0, upper[j]))));
      lower[j] = Math.fma(l3, x3, Math.fma(l2, x2, Math.fma(l1, x1, Math.fma(l0, x0, lower[j]))));
    }
  }

  private static void one(int width, float[] upper, float[] lower, float u, float l, float[] b) {
    for (int j = 0; j < width; j++) {
      float x = b[j];
      upper[j] = Math.fma(u, x, upper[j]);
      lower[j] = Math.fma(l, x, lower[j]);
    }
  }
}
