package dev.thalweg.kernels;

/// The matrix product in plain code: 4×4 elements of C at a time, in registers; wide products go to
/// [RowMatmul].
final class ScalarMatmul {
  private ScalarMatmul() {}

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
    if (n >= RowMatmul.NARROWEST && (m > 1 || !transposeB) && k > 0) {
      RowMatmul.matmul(
          transposeA,
          transposeB,
          m,
          n,
          k,
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
      return;
    }
    int aRow = transposeA ? 1 : aStride;
    int aStep = transposeA ? aStride : 1;
    int bColumn = transposeB ? bStride : 1;
    int bStep = transposeB ? 1 : bStride;
    int first = 0;
    for (; m == 1 && first + 8 <= n; first += 8) {
      int bj = bStart + first * bColumn;
      eight(k, a, aStart, aStep, b, bj, bColumn, bStep, c, cStart + first, accumulate);
    }
    for (int j = first; j < n; j += 4) {
      for (int i = 0; i < m; i += 4) {
        int ai = aStart + i * aRow;
        int bj = bStart + j * bColumn;
        int ci = cStart + i * cStride + j;
        if (i + 4 <= m && j + 4 <= n) {
          block(k, a, ai, aRow, aStep, b, bj, bColumn, bStep, c, ci, cStride, accumulate);
        } else {
          edge(
              Math.min(4, m - i),
              Math.min(4, n - j),
              k,
              a,
              ai,
              aRow,
              aStep,
              b,
              bj,
              bColumn,
              bStep,
              c,
              ci,
              cStride,
              accumulate);
        }
      }
    }
  }

  private static void edge(
      int rows,
      int columns,
      int k,
      float[] a,
      int aStart,
      int aRow,
      int aStep,
      float[] b,
      int bStart,
      int bColumn,
      int bStep,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int at = cStart + i * cStride + j;
        float s = accumulate ? c[at] : 0;
        int ai = aStart + i * aRow;
        int bj = bStart + j * bColumn;
        for (int p = 0; p < k; p++) {
          s = Math.fma(a[ai], b[bj], s);
          ai += aStep;
          bj += bStep;
        }
        c[at] = s;
      }
    }
  }

  /// Eight elements of a single row: chains that do not wait for each other.
  private static void eight(
      int k,
      float[] a,
      int aStart,
      int aStep,
      float[] b,
      int bStart,
      int bColumn,
      int bStep,
      float[] c,
      int cStart,
      boolean accumulate) {
    float s0 = accumulate ? c[cStart] : 0;
    float s1 = accumulate ? c[cStart + 1] : 0;
    float s2 = accumulate ? c[cStart + 2] : 0;
    float s3 = accumulate ? c[cStart + 3] : 0;
    float s4 = accumulate ? c[cStart + 4] : 0;
    float s5 = accumulate ? c[cStart + 5] : 0;
    float s6 = accumulate ? c[cStart + 6] : 0;
    float s7 = accumulate ? c[cStart + 7] : 0;
    int ai = aStart;
    int bj = bStart;
    for (int p = 0; p < k; p++) {
      float x = a[ai];
      s0 = Math.fma(x, b[bj], s0);
      s1 = Math.fma(x, b[bj + bColumn], s1);
      s2 = Math.fma(x, b[bj + 2 * bColumn], s2);
      s3 = Math.fma(x, b[bj + 3 * bColumn], s3);
      s4 = Math.fma(x, b[bj + 4 * bColumn], s4);
      s5 = Math.fma(x, b[bj + 5 * bColumn], s5);
      s6 = Math.fma(x, b[bj + 6 * bColumn], s6);
      s7 = Math.fma(x, b[bj + 7 * bColumn], s7);
      ai += aStep;
      bj += bStep;
    }
    c[cStart] = s0;
    c[cStart + 1] = s1;
    c[cStart + 2] = s2;
    c[cStart + 3] = s3;
    c[cStart + 4] = s4;
    c[cStart + 5] = s5;
    c[cStart + 6] = s6;
    c[cStart + 7] = s7;
  }

  private static void block(
      int k,
      float[] a,
      int aStart,
      int aRow,
      int aStep,
      float[] b,
      int bStart,
      int bColumn,
      int bStep,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    int q0 = cStart;
    int q1 = q0 + cStride;
    int q2 = q1 + cStride;
    int q3 = q2 + cStride;
    float c00 = accumulate ? c[q0 + 0] : 0;
    float c01 = accumulate ? c[q0 + 1] : 0;
    float c02 = accumulate ? c[q0 + 2] : 0;
    float c03 = accumulate ? c[q0 + 3] : 0;
    float c10 = accumulate ? c[q1 + 0] : 0;
    float c11 = accumulate ? c[q1 + 1] : 0;
    float c12 = accumulate ? c[q1 + 2] : 0;
    float c13 = accumulate ? c[q1 + 3] : 0;
    float c20 = accumulate ? c[q2 + 0] : 0;
    float c21 = accumulate ? c[q2 + 1] : 0;
    float c22 = accumulate ? c[q2 + 2] : 0;
    float c23 = accumulate ? c[q2 + 3] : 0;
    float c30 = accumulate ? c[q3 + 0] : 0;
    float c31 = accumulate ? c[q3 + 1] : 0;
    float c32 = accumulate ? c[q3 + 2] : 0;
    float c33 = accumulate ? c[q3 + 3] : 0;
    int ai = aStart;
    int bi = bStart;
    for (int p = 0; p < k; p++) {
      float b0 = b[bi];
      float b1 = b[bi + bColumn];
      float b2 = b[bi + 2 * bColumn];
      float b3 = b[bi + 3 * bColumn];
      float a0 = a[ai + 0 * aRow];
      c00 = Math.fma(a0, b0, c00);
      c01 = Math.fma(a0, b1, c01);
      c02 = Math.fma(a0, b2, c02);
      c03 = Math.fma(a0, b3, c03);
      float a1 = a[ai + 1 * aRow];
      c10 = Math.fma(a1, b0, c10);
      c11 = Math.fma(a1, b1, c11);
      c12 = Math.fma(a1, b2, c12);
      c13 = Math.fma(a1, b3, c13);
      float a2 = a[ai + 2 * aRow];
      c20 = Math.fma(a2, b0, c20);
      c21 = Math.fma(a2, b1, c21);
      c22 = Math.fma(a2, b2, c22);
      c23 = Math.fma(a2, b3, c23);
      float a3 = a[ai + 3 * aRow];
      c30 = Math.fma(a3, b0, c30);
      c31 = Math.fma(a3, b1, c31);
      c32 = Math.fma(a3, b2, c32);
      c33 = Math.fma(a3, b3, c33);
      ai += aStep;
      bi += bStep;
    }
    c[q0 + 0] = c00;
    c[q0 + 1] = c01;
    c[q0 + 2] = c02;
    c[q0 + 3] = c03;
    c[q1 + 0] = c10;
    c[q1 + 1] = c11;
    c[q1 + 2] = c12;
    c[q1 + 3] = c13;
    c[q2 + 0] = c20;
    c[q2 + 1] = c21;
    c[q2 + 2] = c22;
    c[q2 + 3] = c23;
    c[q3 + 0] = c30;
    c[q3 + 1] = c31;
    c[q3 + 2] = c32;
    c[q3 + 3] = c33;
  }
}
