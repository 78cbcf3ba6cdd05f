package dev.thalweg.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Register tiles of the matrix product that read A row by row, in place. Written by
/// `tools/tiles.py`: change that.
final class RowMajorTiles {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = Width.LANES;

  private RowMajorTiles() {}

  /// All m rows of C, 4 vectors wide.
  static void columns4(
      int m,
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
      boolean add) {
    int i = 0;
    for (; i + 6 <= m && m - i != 8; i += 6) {
      tile6x4(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
    for (; i + 4 <= m; i += 4) {
      tile4x4(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
    if (i + 2 <= m) {
      tile2x4(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 2;
    }
    for (; i + 1 <= m; i += 1) {
      tile1x4(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
  }

  /// All m rows of C, 2 vectors wide.
  static void columns2(
      int m,
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
      boolean add) {
    int i = 0;
    for (; i + 12 <= m; i += 12) {
      tile12x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
    if (i + 6 <= m) {
      tile6x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 6;
    }
    if (i + 4 <= m) {
      tile4x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 4;
    }
    if (i + 2 <= m) {
      tile2x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 2;
    }
    for (; i + 1 <= m; i += 1) {
      tile1x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
  }

  /// All m rows of C, 1 vector wide.
  static void columns1(
      int m,
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
      boolean add) {
    int i = 0;
    for (; i + 16 <= m; i += 16) {
      tile16x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
    if (i + 8 <= m) {
      tile8x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 8;
    }
    if (i + 4 <= m) {
      tile4x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 4;
    }
    if (i + 2 <= m) {
      tile2x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 2;
    }
    for (; i + 1 <= m; i += 1) {
      tile1x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
  }

  /// All m rows of C, 2 vectors wide.
  static void columns2of16(
      int m,
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
      boolean add) {
    int i = 0;
    for (; i + 6 <= m && m - i != 8; i += 6) {
      tile6x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
    for (; i + 4 <= m; i += 4) {
      tile4x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
    if (i + 2 <= m) {
      tile2x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 2;
    }
    for (; i + 1 <= m; i += 1) {
      tile1x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
  }

  /// All m rows of C, 1 vector wide.
  static void columns1of16(
      int m,
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
      boolean add) {
    int i = 0;
    for (; i + 12 <= m; i += 12) {
      tile12x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
    if (i + 8 <= m) {
      tile8x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 8;
    }
    if (i + 4 <= m) {
      tile4x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 4;
    }
    if (i + 2 <= m) {
      tile2x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 2;
    }
    for (; i + 1 <= m; i += 1) {
      tile1x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
  }

  /// All m rows of C, 2 vectors wide, as a panel of B is.
  static void panel2of16(
      int m,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] b,
      int bStart,
      float[] c,
      int cStart,
      int cStride,
      boolean add) {
    int i = 0;
    for (; i + 6 <= m && m - i != 8; i += 6) {
      panel6x2(
          k, a, aStart + i * aStride, aStride, b, bStart, c, cStart + i * cStride, cStride, add);
    }
    for (; i + 4 <= m; i += 4) {
      panel4x2(
          k, a, aStart + i * aStride, aStride, b, bStart, c, cStart + i * cStride, cStride, add);
    }
    if (i + 2 <= m) {
      tile2x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          2 * L,
          c,
          cStart + i * cStride,
          cStride,
          add);
      i += 2;
    }
    for (; i + 1 <= m; i += 1) {
      tile1x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          2 * L,
          c,
          cStart + i * cStride,
          cStride,
          add);
    }
  }

  static void tile6x4(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    int t2 = cStart + 2 * cStride;
    int t3 = cStart + 3 * cStride;
    int t4 = cStart + 4 * cStride;
    int t5 = cStart + 5 * cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c0v1 = FloatVector.zero(S);
    FloatVector c0v2 = FloatVector.zero(S);
    FloatVector c0v3 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c1v1 = FloatVector.zero(S);
    FloatVector c1v2 = FloatVector.zero(S);
    FloatVector c1v3 = FloatVector.zero(S);
    FloatVector c2v0 = FloatVector.zero(S);
    FloatVector c2v1 = FloatVector.zero(S);
    FloatVector c2v2 = FloatVector.zero(S);
    FloatVector c2v3 = FloatVector.zero(S);
    FloatVector c3v0 = FloatVector.zero(S);
    FloatVector c3v1 = FloatVector.zero(S);
    FloatVector c3v2 = FloatVector.zero(S);
    FloatVector c3v3 = FloatVector.zero(S);
    FloatVector c4v0 = FloatVector.zero(S);
    FloatVector c4v1 = FloatVector.zero(S);
    FloatVector c4v2 = FloatVector.zero(S);
    FloatVector c4v3 = FloatVector.zero(S);
    FloatVector c5v0 = FloatVector.zero(S);
    FloatVector c5v1 = FloatVector.zero(S);
    FloatVector c5v2 = FloatVector.zero(S);
    FloatVector c5v3 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c0v1 = FloatVector.fromArray(S, c, t0 + L);
      c0v2 = FloatVector.fromArray(S, c, t0 + 2 * L);
      c0v3 = FloatVector.fromArray(S, c, t0 + 3 * L);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c1v1 = FloatVector.fromArray(S, c, t1 + L);
      c1v2 = FloatVector.fromArray(S, c, t1 + 2 * L);
      c1v3 = FloatVector.fromArray(S, c, t1 + 3 * L);
      c2v0 = FloatVector.fromArray(S, c, t2);
      c2v1 = FloatVector.fromArray(S, c, t2 + L);
      c2v2 = FloatVector.fromArray(S, c, t2 + 2 * L);
      c2v3 = FloatVector.fromArray(S, c, t2 + 3 * L);
      c3v0 = FloatVector.fromArray(S, c, t3);
      c3v1 = FloatVector.fromArray(S, c, t3 + L);
      c3v2 = FloatVector.fromArray(S, c, t3 + 2 * L);
      c3v3 = FloatVector.fromArray(S, c, t3 + 3 * L);
      c4v0 = FloatVector.fromArray(S, c, t4);
      c4v1 = FloatVector.fromArray(S, c, t4 + L);
      c4v2 = FloatVector.fromArray(S, c, t4 + 2 * L);
      c4v3 = FloatVector.fromArray(S, c, t4 + 3 * L);
      c5v0 = FloatVector.fromArray(S, c, t5);
      c5v1 = FloatVector.fromArray(S, c, t5 + L);
      c5v2 = FloatVector.fromArray(S, c, t5 + 2 * L);
      c5v3 = FloatVector.fromArray(S, c, t5 + 3 * L);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    int a2 = aStart + 2 * aStride;
    int a3 = aStart + 3 * aStride;
    int a4 = aStart + 4 * aStride;
    int a5 = aStart + 5 * aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, q + 3 * L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
      c0v2 = x0.fma(b2, c0v2);
      c0v3 = x0.fma(b3, c0v3);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      c1v1 = x1.fma(b1, c1v1);
      c1v2 = x1.fma(b2, c1v2);
      c1v3 = x1.fma(b3, c1v3);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2v0 = x2.fma(b0, c2v0);
      c2v1 = x2.fma(b1, c2v1);
      c2v2 = x2.fma(b2, c2v2);
      c2v3 = x2.fma(b3, c2v3);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3v0 = x3.fma(b0, c3v0);
      c3v1 = x3.fma(b1, c3v1);
      c3v2 = x3.fma(b2, c3v2);
      c3v3 = x3.fma(b3, c3v3);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + p]);
      c4v0 = x4.fma(b0, c4v0);
      c4v1 = x4.fma(b1, c4v1);
      c4v2 = x4.fma(b2, c4v2);
      c4v3 = x4.fma(b3, c4v3);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + p]);
      c5v0 = x5.fma(b0, c5v0);
      c5v1 = x5.fma(b1, c5v1);
      c5v2 = x5.fma(b2, c5v2);
      c5v3 = x5.fma(b3, c5v3);
    }
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c0v2.intoArray(c, t0 + 2 * L);
    c0v3.intoArray(c, t0 + 3 * L);
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    c1v2.intoArray(c, t1 + 2 * L);
    c1v3.intoArray(c, t1 + 3 * L);
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    c2v2.intoArray(c, t2 + 2 * L);
    c2v3.intoArray(c, t2 + 3 * L);
    c3v0.intoArray(c, t3);
    c3v1.intoArray(c, t3 + L);
    c3v2.intoArray(c, t3 + 2 * L);
    c3v3.intoArray(c, t3 + 3 * L);
    c4v0.intoArray(c, t4);
    c4v1.intoArray(c, t4 + L);
    c4v2.intoArray(c, t4 + 2 * L);
    c4v3.intoArray(c, t4 + 3 * L);
    c5v0.intoArray(c, t5);
    c5v1.intoArray(c, t5 + L);
    c5v2.intoArray(c, t5 + 2 * L);
    c5v3.intoArray(c, t5 + 3 * L);
  }

  static void tile4x4(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    int t2 = cStart + 2 * cStride;
    int t3 = cStart + 3 * cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c0v1 = FloatVector.zero(S);
    FloatVector c0v2 = FloatVector.zero(S);
    FloatVector c0v3 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c1v1 = FloatVector.zero(S);
    FloatVector c1v2 = FloatVector.zero(S);
    FloatVector c1v3 = FloatVector.zero(S);
    FloatVector c2v0 = FloatVector.zero(S);
    FloatVector c2v1 = FloatVector.zero(S);
    FloatVector c2v2 = FloatVector.zero(S);
    FloatVector c2v3 = FloatVector.zero(S);
    FloatVector c3v0 = FloatVector.zero(S);
    FloatVector c3v1 = FloatVector.zero(S);
    FloatVector c3v2 = FloatVector.zero(S);
    FloatVector c3v3 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c0v1 = FloatVector.fromArray(S, c, t0 + L);
      c0v2 = FloatVector.fromArray(S, c, t0 + 2 * L);
      c0v3 = FloatVector.fromArray(S, c, t0 + 3 * L);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c1v1 = FloatVector.fromArray(S, c, t1 + L);
      c1v2 = FloatVector.fromArray(S, c, t1 + 2 * L);
      c1v3 = FloatVector.fromArray(S, c, t1 + 3 * L);
      c2v0 = FloatVector.fromArray(S, c, t2);
      c2v1 = FloatVector.fromArray(S, c, t2 + L);
      c2v2 = FloatVector.fromArray(S, c, t2 + 2 * L);
      c2v3 = FloatVector.fromArray(S, c, t2 + 3 * L);
      c3v0 = FloatVector.fromArray(S, c, t3);
      c3v1 = FloatVector.fromArray(S, c, t3 + L);
      c3v2 = FloatVector.fromArray(S, c, t3 + 2 * L);
      c3v3 = FloatVector.fromArray(S, c, t3 + 3 * L);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    int a2 = aStart + 2 * aStride;
    int a3 = aStart + 3 * aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, q + 3 * L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
      c0v2 = x0.fma(b2, c0v2);
      c0v3 = x0.fma(b3, c0v3);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      c1v1 = x1.fma(b1, c1v1);
      c1v2 = x1.fma(b2, c1v2);
      c1v3 = x1.fma(b3, c1v3);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2v0 = x2.fma(b0, c2v0);
      c2v1 = x2.fma(b1, c2v1);
      c2v2 = x2.fma(b2, c2v2);
      c2v3 = x2.fma(b3, c2v3);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3v0 = x3.fma(b0, c3v0);
      c3v1 = x3.fma(b1, c3v1);
      c3v2 = x3.fma(b2, c3v2);
      c3v3 = x3.fma(b3, c3v3);
    }
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c0v2.intoArray(c, t0 + 2 * L);
    c0v3.intoArray(c, t0 + 3 * L);
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    c1v2.intoArray(c, t1 + 2 * L);
    c1v3.intoArray(c, t1 + 3 * L);
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    c2v2.intoArray(c, t2 + 2 * L);
    c2v3.intoArray(c, t2 + 3 * L);
    c3v0.intoArray(c, t3);
    c3v1.intoArray(c, t3 + L);
    c3v2.intoArray(c, t3 + 2 * L);
    c3v3.intoArray(c, t3 + 3 * L);
  }

  static void tile2x4(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c0v1 = FloatVector.zero(S);
    FloatVector c0v2 = FloatVector.zero(S);
    FloatVector c0v3 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c1v1 = FloatVector.zero(S);
    FloatVector c1v2 = FloatVector.zero(S);
    FloatVector c1v3 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c0v1 = FloatVector.fromArray(S, c, t0 + L);
      c0v2 = FloatVector.fromArray(S, c, t0 + 2 * L);
      c0v3 = FloatVector.fromArray(S, c, t0 + 3 * L);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c1v1 = FloatVector.fromArray(S, c, t1 + L);
      c1v2 = FloatVector.fromArray(S, c, t1 + 2 * L);
      c1v3 = FloatVector.fromArray(S, c, t1 + 3 * L);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, q + 3 * L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
      c0v2 = x0.fma(b2, c0v2);
      c0v3 = x0.fma(b3, c0v3);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      c1v1 = x1.fma(b1, c1v1);
      c1v2 = x1.fma(b2, c1v2);
      c1v3 = x1.fma(b3, c1v3);
    }
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c0v2.intoArray(c, t0 + 2 * L);
    c0v3.intoArray(c, t0 + 3 * L);
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    c1v2.intoArray(c, t1 + 2 * L);
    c1v3.intoArray(c, t1 + 3 * L);
  }

  static void tile1x4(
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
      boolean add) {
    int t0 = cStart;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c0v1 = FloatVector.zero(S);
    FloatVector c0v2 = FloatVector.zero(S);
    FloatVector c0v3 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c0v1 = FloatVector.fromArray(S, c, t0 + L);
      c0v2 = FloatVector.fromArray(S, c, t0 + 2 * L);
      c0v3 = FloatVector.fromArray(S, c, t0 + 3 * L);
    }
    int a0 = aStart;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, q + 3 * L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
      c0v2 = x0.fma(b2, c0v2);
      c0v3 = x0.fma(b3, c0v3);
    }
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c0v2.intoArray(c, t0 + 2 * L);
    c0v3.intoArray(c, t0 + 3 * L);
  }

  static void tile12x2(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    int t2 = cStart + 2 * cStride;
    int t3 = cStart + 3 * cStride;
    int t4 = cStart + 4 * cStride;
    int t5 = cStart + 5 * cStride;
    int t6 = cStart + 6 * cStride;
    int t7 = cStart + 7 * cStride;
    int t8 = cStart + 8 * cStride;
    int t9 = cStart + 9 * cStride;
    int t10 = cStart + 10 * cStride;
    int t11 = cStart + 11 * cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c0v1 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c1v1 = FloatVector.zero(S);
    FloatVector c2v0 = FloatVector.zero(S);
    FloatVector c2v1 = FloatVector.zero(S);
    FloatVector c3v0 = FloatVector.zero(S);
    FloatVector c3v1 = FloatVector.zero(S);
    FloatVector c4v0 = FloatVector.zero(S);
    FloatVector c4v1 = FloatVector.zero(S);
    FloatVector c5v0 = FloatVector.zero(S);
    FloatVector c5v1 = FloatVector.zero(S);
    FloatVector c6v0 = FloatVector.zero(S);
    FloatVector c6v1 = FloatVector.zero(S);
    FloatVector c7v0 = FloatVector.zero(S);
    FloatVector c7v1 = FloatVector.zero(S);
    FloatVector c8v0 = FloatVector.zero(S);
    FloatVector c8v1 = FloatVector.zero(S);
    FloatVector c9v0 = FloatVector.zero(S);
    FloatVector c9v1 = FloatVector.zero(S);
    FloatVector c10v0 = FloatVector.zero(S);
    FloatVector c10v1 = FloatVector.zero(S);
    FloatVector c11v0 = FloatVector.zero(S);
    FloatVector c11v1 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c0v1 = FloatVector.fromArray(S, c, t0 + L);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c1v1 = FloatVector.fromArray(S, c, t1 + L);
      c2v0 = FloatVector.fromArray(S, c, t2);
      c2v1 = FloatVector.fromArray(S, c, t2 + L);
      c3v0 = FloatVector.fromArray(S, c, t3);
      c3v1 = FloatVector.fromArray(S, c, t3 + L);
      c4v0 = FloatVector.fromArray(S, c, t4);
      c4v1 = FloatVector.fromArray(S, c, t4 + L);
      c5v0 = FloatVector.fromArray(S, c, t5);
      c5v1 = FloatVector.fromArray(S, c, t5 + L);
      c6v0 = FloatVector.fromArray(S, c, t6);
      c6v1 = FloatVector.fromArray(S, c, t6 + L);
      c7v0 = FloatVector.fromArray(S, c, t7);
      c7v1 = FloatVector.fromArray(S, c, t7 + L);
      c8v0 = FloatVector.fromArray(S, c, t8);
      c8v1 = FloatVector.fromArray(S, c, t8 + L);
      c9v0 = FloatVector.fromArray(S, c, t9);
      c9v1 = FloatVector.fromArray(S, c, t9 + L);
      c10v0 = FloatVector.fromArray(S, c, t10);
      c10v1 = FloatVector.fromArray(S, c, t10 + L);
      c11v0 = FloatVector.fromArray(S, c, t11);
      c11v1 = FloatVector.fromArray(S, c, t11 + L);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    int a2 = aStart + 2 * aStride;
    int a3 = aStart + 3 * aStride;
    int a4 = aStart + 4 * aStride;
    int a5 = aStart + 5 * aStride;
    int a6 = aStart + 6 * aStride;
    int a7 = aStart + 7 * aStride;
    int a8 = aStart + 8 * aStride;
    int a9 = aStart + 9 * aStride;
    int a10 = aStart + 10 * aStride;
    int a11 = aStart + 11 * aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      c1v1 = x1.fma(b1, c1v1);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2v0 = x2.fma(b0, c2v0);
      c2v1 = x2.fma(b1, c2v1);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3v0 = x3.fma(b0, c3v0);
      c3v1 = x3.fma(b1, c3v1);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + p]);
      c4v0 = x4.fma(b0, c4v0);
      c4v1 = x4.fma(b1, c4v1);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + p]);
      c5v0 = x5.fma(b0, c5v0);
      c5v1 = x5.fma(b1, c5v1);
      FloatVector x6 = FloatVector.broadcast(S, a[a6 + p]);
      c6v0 = x6.fma(b0, c6v0);
      c6v1 = x6.fma(b1, c6v1);
      FloatVector x7 = FloatVector.broadcast(S, a[a7 + p]);
      c7v0 = x7.fma(b0, c7v0);
      c7v1 = x7.fma(b1, c7v1);
      FloatVector x8 = FloatVector.broadcast(S, a[a8 + p]);
      c8v0 = x8.fma(b0, c8v0);
      c8v1 = x8.fma(b1, c8v1);
      FloatVector x9 = FloatVector.broadcast(S, a[a9 + p]);
      c9v0 = x9.fma(b0, c9v0);
      c9v1 = x9.fma(b1, c9v1);
      FloatVector x10 = FloatVector.broadcast(S, a[a10 + p]);
      c10v0 = x10.fma(b0, c10v0);
      c10v1 = x10.fma(b1, c10v1);
      FloatVector x11 = FloatVector.broadcast(S, a[a11 + p]);
      c11v0 = x11.fma(b0, c11v0);
      c11v1 = x11.fma(b1, c11v1);
    }
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    c3v0.intoArray(c, t3);
    c3v1.intoArray(c, t3 + L);
    c4v0.intoArray(c, t4);
    c4v1.intoArray(c, t4 + L);
    c5v0.intoArray(c, t5);
    c5v1.intoArray(c, t5 + L);
    c6v0.intoArray(c, t6);
    c6v1.intoArray(c, t6 + L);
    c7v0.intoArray(c, t7);
    c7v1.intoArray(c, t7 + L);
    c8v0.intoArray(c, t8);
    c8v1.intoArray(c, t8 + L);
    c9v0.intoArray(c, t9);
    c9v1.intoArray(c, t9 + L);
    c10v0.intoArray(c, t10);
    c10v1.intoArray(c, t10 + L);
    c11v0.intoArray(c, t11);
    c11v1.intoArray(c, t11 + L);
  }

  static void tile6x2(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    int t2 = cStart + 2 * cStride;
    int t3 = cStart + 3 * cStride;
    int t4 = cStart + 4 * cStride;
    int t5 = cStart + 5 * cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c0v1 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c1v1 = FloatVector.zero(S);
    FloatVector c2v0 = FloatVector.zero(S);
    FloatVector c2v1 = FloatVector.zero(S);
    FloatVector c3v0 = FloatVector.zero(S);
    FloatVector c3v1 = FloatVector.zero(S);
    FloatVector c4v0 = FloatVector.zero(S);
    FloatVector c4v1 = FloatVector.zero(S);
    FloatVector c5v0 = FloatVector.zero(S);
    FloatVector c5v1 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c0v1 = FloatVector.fromArray(S, c, t0 + L);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c1v1 = FloatVector.fromArray(S, c, t1 + L);
      c2v0 = FloatVector.fromArray(S, c, t2);
      c2v1 = FloatVector.fromArray(S, c, t2 + L);
      c3v0 = FloatVector.fromArray(S, c, t3);
      c3v1 = FloatVector.fromArray(S, c, t3 + L);
      c4v0 = FloatVector.fromArray(S, c, t4);
      c4v1 = FloatVector.fromArray(S, c, t4 + L);
      c5v0 = FloatVector.fromArray(S, c, t5);
      c5v1 = FloatVector.fromArray(S, c, t5 + L);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    int a2 = aStart + 2 * aStride;
    int a3 = aStart + 3 * aStride;
    int a4 = aStart + 4 * aStride;
    int a5 = aStart + 5 * aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      c1v1 = x1.fma(b1, c1v1);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2v0 = x2.fma(b0, c2v0);
      c2v1 = x2.fma(b1, c2v1);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3v0 = x3.fma(b0, c3v0);
      c3v1 = x3.fma(b1, c3v1);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + p]);
      c4v0 = x4.fma(b0, c4v0);
      c4v1 = x4.fma(b1, c4v1);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + p]);
      c5v0 = x5.fma(b0, c5v0);
      c5v1 = x5.fma(b1, c5v1);
    }
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    c3v0.intoArray(c, t3);
    c3v1.intoArray(c, t3 + L);
    c4v0.intoArray(c, t4);
    c4v1.intoArray(c, t4 + L);
    c5v0.intoArray(c, t5);
    c5v1.intoArray(c, t5 + L);
  }

  static void tile4x2(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    int t2 = cStart + 2 * cStride;
    int t3 = cStart + 3 * cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c0v1 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c1v1 = FloatVector.zero(S);
    FloatVector c2v0 = FloatVector.zero(S);
    FloatVector c2v1 = FloatVector.zero(S);
    FloatVector c3v0 = FloatVector.zero(S);
    FloatVector c3v1 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c0v1 = FloatVector.fromArray(S, c, t0 + L);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c1v1 = FloatVector.fromArray(S, c, t1 + L);
      c2v0 = FloatVector.fromArray(S, c, t2);
      c2v1 = FloatVector.fromArray(S, c, t2 + L);
      c3v0 = FloatVector.fromArray(S, c, t3);
      c3v1 = FloatVector.fromArray(S, c, t3 + L);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    int a2 = aStart + 2 * aStride;
    int a3 = aStart + 3 * aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      c1v1 = x1.fma(b1, c1v1);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2v0 = x2.fma(b0, c2v0);
      c2v1 = x2.fma(b1, c2v1);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3v0 = x3.fma(b0, c3v0);
      c3v1 = x3.fma(b1, c3v1);
    }
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    c3v0.intoArray(c, t3);
    c3v1.intoArray(c, t3 + L);
  }

  static void tile2x2(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c0v1 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c1v1 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c0v1 = FloatVector.fromArray(S, c, t0 + L);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c1v1 = FloatVector.fromArray(S, c, t1 + L);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      c1v1 = x1.fma(b1, c1v1);
    }
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
  }

  static void tile1x2(
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
      boolean add) {
    int t0 = cStart;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c0v1 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c0v1 = FloatVector.fromArray(S, c, t0 + L);
    }
    int a0 = aStart;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
    }
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
  }

  static void tile16x1(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    int t2 = cStart + 2 * cStride;
    int t3 = cStart + 3 * cStride;
    int t4 = cStart + 4 * cStride;
    int t5 = cStart + 5 * cStride;
    int t6 = cStart + 6 * cStride;
    int t7 = cStart + 7 * cStride;
    int t8 = cStart + 8 * cStride;
    int t9 = cStart + 9 * cStride;
    int t10 = cStart + 10 * cStride;
    int t11 = cStart + 11 * cStride;
    int t12 = cStart + 12 * cStride;
    int t13 = cStart + 13 * cStride;
    int t14 = cStart + 14 * cStride;
    int t15 = cStart + 15 * cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c2v0 = FloatVector.zero(S);
    FloatVector c3v0 = FloatVector.zero(S);
    FloatVector c4v0 = FloatVector.zero(S);
    FloatVector c5v0 = FloatVector.zero(S);
    FloatVector c6v0 = FloatVector.zero(S);
    FloatVector c7v0 = FloatVector.zero(S);
    FloatVector c8v0 = FloatVector.zero(S);
    FloatVector c9v0 = FloatVector.zero(S);
    FloatVector c10v0 = FloatVector.zero(S);
    FloatVector c11v0 = FloatVector.zero(S);
    FloatVector c12v0 = FloatVector.zero(S);
    FloatVector c13v0 = FloatVector.zero(S);
    FloatVector c14v0 = FloatVector.zero(S);
    FloatVector c15v0 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c2v0 = FloatVector.fromArray(S, c, t2);
      c3v0 = FloatVector.fromArray(S, c, t3);
      c4v0 = FloatVector.fromArray(S, c, t4);
      c5v0 = FloatVector.fromArray(S, c, t5);
      c6v0 = FloatVector.fromArray(S, c, t6);
      c7v0 = FloatVector.fromArray(S, c, t7);
      c8v0 = FloatVector.fromArray(S, c, t8);
      c9v0 = FloatVector.fromArray(S, c, t9);
      c10v0 = FloatVector.fromArray(S, c, t10);
      c11v0 = FloatVector.fromArray(S, c, t11);
      c12v0 = FloatVector.fromArray(S, c, t12);
      c13v0 = FloatVector.fromArray(S, c, t13);
      c14v0 = FloatVector.fromArray(S, c, t14);
      c15v0 = FloatVector.fromArray(S, c, t15);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    int a2 = aStart + 2 * aStride;
    int a3 = aStart + 3 * aStride;
    int a4 = aStart + 4 * aStride;
    int a5 = aStart + 5 * aStride;
    int a6 = aStart + 6 * aStride;
    int a7 = aStart + 7 * aStride;
    int a8 = aStart + 8 * aStride;
    int a9 = aStart + 9 * aStride;
    int a10 = aStart + 10 * aStride;
    int a11 = aStart + 11 * aStride;
    int a12 = aStart + 12 * aStride;
    int a13 = aStart + 13 * aStride;
    int a14 = aStart + 14 * aStride;
    int a15 = aStart + 15 * aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2v0 = x2.fma(b0, c2v0);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3v0 = x3.fma(b0, c3v0);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + p]);
      c4v0 = x4.fma(b0, c4v0);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + p]);
      c5v0 = x5.fma(b0, c5v0);
      FloatVector x6 = FloatVector.broadcast(S, a[a6 + p]);
      c6v0 = x6.fma(b0, c6v0);
      FloatVector x7 = FloatVector.broadcast(S, a[a7 + p]);
      c7v0 = x7.fma(b0, c7v0);
      FloatVector x8 = FloatVector.broadcast(S, a[a8 + p]);
      c8v0 = x8.fma(b0, c8v0);
      FloatVector x9 = FloatVector.broadcast(S, a[a9 + p]);
      c9v0 = x9.fma(b0, c9v0);
      FloatVector x10 = FloatVector.broadcast(S, a[a10 + p]);
      c10v0 = x10.fma(b0, c10v0);
      FloatVector x11 = FloatVector.broadcast(S, a[a11 + p]);
      c11v0 = x11.fma(b0, c11v0);
      FloatVector x12 = FloatVector.broadcast(S, a[a12 + p]);
      c12v0 = x12.fma(b0, c12v0);
      FloatVector x13 = FloatVector.broadcast(S, a[a13 + p]);
      c13v0 = x13.fma(b0, c13v0);
      FloatVector x14 = FloatVector.broadcast(S, a[a14 + p]);
      c14v0 = x14.fma(b0, c14v0);
      FloatVector x15 = FloatVector.broadcast(S, a[a15 + p]);
      c15v0 = x15.fma(b0, c15v0);
    }
    c0v0.intoArray(c, t0);
    c1v0.intoArray(c, t1);
    c2v0.intoArray(c, t2);
    c3v0.intoArray(c, t3);
    c4v0.intoArray(c, t4);
    c5v0.intoArray(c, t5);
    c6v0.intoArray(c, t6);
    c7v0.intoArray(c, t7);
    c8v0.intoArray(c, t8);
    c9v0.intoArray(c, t9);
    c10v0.intoArray(c, t10);
    c11v0.intoArray(c, t11);
    c12v0.intoArray(c, t12);
    c13v0.intoArray(c, t13);
    c14v0.intoArray(c, t14);
    c15v0.intoArray(c, t15);
  }

  static void tile12x1(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    int t2 = cStart + 2 * cStride;
    int t3 = cStart + 3 * cStride;
    int t4 = cStart + 4 * cStride;
    int t5 = cStart + 5 * cStride;
    int t6 = cStart + 6 * cStride;
    int t7 = cStart + 7 * cStride;
    int t8 = cStart + 8 * cStride;
    int t9 = cStart + 9 * cStride;
    int t10 = cStart + 10 * cStride;
    int t11 = cStart + 11 * cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c2v0 = FloatVector.zero(S);
    FloatVector c3v0 = FloatVector.zero(S);
    FloatVector c4v0 = FloatVector.zero(S);
    FloatVector c5v0 = FloatVector.zero(S);
    FloatVector c6v0 = FloatVector.zero(S);
    FloatVector c7v0 = FloatVector.zero(S);
    FloatVector c8v0 = FloatVector.zero(S);
    FloatVector c9v0 = FloatVector.zero(S);
    FloatVector c10v0 = FloatVector.zero(S);
    FloatVector c11v0 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c2v0 = FloatVector.fromArray(S, c, t2);
      c3v0 = FloatVector.fromArray(S, c, t3);
      c4v0 = FloatVector.fromArray(S, c, t4);
      c5v0 = FloatVector.fromArray(S, c, t5);
      c6v0 = FloatVector.fromArray(S, c, t6);
      c7v0 = FloatVector.fromArray(S, c, t7);
      c8v0 = FloatVector.fromArray(S, c, t8);
      c9v0 = FloatVector.fromArray(S, c, t9);
      c10v0 = FloatVector.fromArray(S, c, t10);
      c11v0 = FloatVector.fromArray(S, c, t11);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    int a2 = aStart + 2 * aStride;
    int a3 = aStart + 3 * aStride;
    int a4 = aStart + 4 * aStride;
    int a5 = aStart + 5 * aStride;
    int a6 = aStart + 6 * aStride;
    int a7 = aStart + 7 * aStride;
    int a8 = aStart + 8 * aStride;
    int a9 = aStart + 9 * aStride;
    int a10 = aStart + 10 * aStride;
    int a11 = aStart + 11 * aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2v0 = x2.fma(b0, c2v0);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3v0 = x3.fma(b0, c3v0);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + p]);
      c4v0 = x4.fma(b0, c4v0);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + p]);
      c5v0 = x5.fma(b0, c5v0);
      FloatVector x6 = FloatVector.broadcast(S, a[a6 + p]);
      c6v0 = x6.fma(b0, c6v0);
      FloatVector x7 = FloatVector.broadcast(S, a[a7 + p]);
      c7v0 = x7.fma(b0, c7v0);
      FloatVector x8 = FloatVector.broadcast(S, a[a8 + p]);
      c8v0 = x8.fma(b0, c8v0);
      FloatVector x9 = FloatVector.broadcast(S, a[a9 + p]);
      c9v0 = x9.fma(b0, c9v0);
      FloatVector x10 = FloatVector.broadcast(S, a[a10 + p]);
      c10v0 = x10.fma(b0, c10v0);
      FloatVector x11 = FloatVector.broadcast(S, a[a11 + p]);
      c11v0 = x11.fma(b0, c11v0);
    }
    c0v0.intoArray(c, t0);
    c1v0.intoArray(c, t1);
    c2v0.intoArray(c, t2);
    c3v0.intoArray(c, t3);
    c4v0.intoArray(c, t4);
    c5v0.intoArray(c, t5);
    c6v0.intoArray(c, t6);
    c7v0.intoArray(c, t7);
    c8v0.intoArray(c, t8);
    c9v0.intoArray(c, t9);
    c10v0.intoArray(c, t10);
    c11v0.intoArray(c, t11);
  }

  static void tile8x1(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    int t2 = cStart + 2 * cStride;
    int t3 = cStart + 3 * cStride;
    int t4 = cStart + 4 * cStride;
    int t5 = cStart + 5 * cStride;
    int t6 = cStart + 6 * cStride;
    int t7 = cStart + 7 * cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c2v0 = FloatVector.zero(S);
    FloatVector c3v0 = FloatVector.zero(S);
    FloatVector c4v0 = FloatVector.zero(S);
    FloatVector c5v0 = FloatVector.zero(S);
    FloatVector c6v0 = FloatVector.zero(S);
    FloatVector c7v0 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c2v0 = FloatVector.fromArray(S, c, t2);
      c3v0 = FloatVector.fromArray(S, c, t3);
      c4v0 = FloatVector.fromArray(S, c, t4);
      c5v0 = FloatVector.fromArray(S, c, t5);
      c6v0 = FloatVector.fromArray(S, c, t6);
      c7v0 = FloatVector.fromArray(S, c, t7);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    int a2 = aStart + 2 * aStride;
    int a3 = aStart + 3 * aStride;
    int a4 = aStart + 4 * aStride;
    int a5 = aStart + 5 * aStride;
    int a6 = aStart + 6 * aStride;
    int a7 = aStart + 7 * aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2v0 = x2.fma(b0, c2v0);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3v0 = x3.fma(b0, c3v0);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + p]);
      c4v0 = x4.fma(b0, c4v0);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + p]);
      c5v0 = x5.fma(b0, c5v0);
      FloatVector x6 = FloatVector.broadcast(S, a[a6 + p]);
      c6v0 = x6.fma(b0, c6v0);
      FloatVector x7 = FloatVector.broadcast(S, a[a7 + p]);
      c7v0 = x7.fma(b0, c7v0);
    }
    c0v0.intoArray(c, t0);
    c1v0.intoArray(c, t1);
    c2v0.intoArray(c, t2);
    c3v0.intoArray(c, t3);
    c4v0.intoArray(c, t4);
    c5v0.intoArray(c, t5);
    c6v0.intoArray(c, t6);
    c7v0.intoArray(c, t7);
  }

  static void tile4x1(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    int t2 = cStart + 2 * cStride;
    int t3 = cStart + 3 * cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c2v0 = FloatVector.zero(S);
    FloatVector c3v0 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c2v0 = FloatVector.fromArray(S, c, t2);
      c3v0 = FloatVector.fromArray(S, c, t3);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    int a2 = aStart + 2 * aStride;
    int a3 = aStart + 3 * aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2v0 = x2.fma(b0, c2v0);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3v0 = x3.fma(b0, c3v0);
    }
    c0v0.intoArray(c, t0);
    c1v0.intoArray(c, t1);
    c2v0.intoArray(c, t2);
    c3v0.intoArray(c, t3);
  }

  static void tile2x1(
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
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c1v0 = FloatVector.fromArray(S, c, t1);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
    }
    c0v0.intoArray(c, t0);
    c1v0.intoArray(c, t1);
  }

  static void tile1x1(
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
      boolean add) {
    int t0 = cStart;
    FloatVector c0v0 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
    }
    int a0 = aStart;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
    }
    c0v0.intoArray(c, t0);
  }

  static void panel6x2(
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] b,
      int bStart,
      float[] c,
      int cStart,
      int cStride,
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    int t2 = cStart + 2 * cStride;
    int t3 = cStart + 3 * cStride;
    int t4 = cStart + 4 * cStride;
    int t5 = cStart + 5 * cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c0v1 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c1v1 = FloatVector.zero(S);
    FloatVector c2v0 = FloatVector.zero(S);
    FloatVector c2v1 = FloatVector.zero(S);
    FloatVector c3v0 = FloatVector.zero(S);
    FloatVector c3v1 = FloatVector.zero(S);
    FloatVector c4v0 = FloatVector.zero(S);
    FloatVector c4v1 = FloatVector.zero(S);
    FloatVector c5v0 = FloatVector.zero(S);
    FloatVector c5v1 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c0v1 = FloatVector.fromArray(S, c, t0 + L);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c1v1 = FloatVector.fromArray(S, c, t1 + L);
      c2v0 = FloatVector.fromArray(S, c, t2);
      c2v1 = FloatVector.fromArray(S, c, t2 + L);
      c3v0 = FloatVector.fromArray(S, c, t3);
      c3v1 = FloatVector.fromArray(S, c, t3 + L);
      c4v0 = FloatVector.fromArray(S, c, t4);
      c4v1 = FloatVector.fromArray(S, c, t4 + L);
      c5v0 = FloatVector.fromArray(S, c, t5);
      c5v1 = FloatVector.fromArray(S, c, t5 + L);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    int a2 = aStart + 2 * aStride;
    int a3 = aStart + 3 * aStride;
    int a4 = aStart + 4 * aStride;
    int a5 = aStart + 5 * aStride;
    int q = bStart;
    for (int p = 0; p < k; p++, q += 2 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      c1v1 = x1.fma(b1, c1v1);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2v0 = x2.fma(b0, c2v0);
      c2v1 = x2.fma(b1, c2v1);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3v0 = x3.fma(b0, c3v0);
      c3v1 = x3.fma(b1, c3v1);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + p]);
      c4v0 = x4.fma(b0, c4v0);
      c4v1 = x4.fma(b1, c4v1);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + p]);
      c5v0 = x5.fma(b0, c5v0);
      c5v1 = x5.fma(b1, c5v1);
    }
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    c3v0.intoArray(c, t3);
    c3v1.intoArray(c, t3 + L);
    c4v0.intoArray(c, t4);
    c4v1.intoArray(c, t4 + L);
    c5v0.intoArray(c, t5);
    c5v1.intoArray(c, t5 + L);
  }

  static void panel4x2(
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] b,
      int bStart,
      float[] c,
      int cStart,
      int cStride,
      boolean add) {
    int t0 = cStart;
    int t1 = cStart + cStride;
    int t2 = cStart + 2 * cStride;
    int t3 = cStart + 3 * cStride;
    FloatVector c0v0 = FloatVector.zero(S);
    FloatVector c0v1 = FloatVector.zero(S);
    FloatVector c1v0 = FloatVector.zero(S);
    FloatVector c1v1 = FloatVector.zero(S);
    FloatVector c2v0 = FloatVector.zero(S);
    FloatVector c2v1 = FloatVector.zero(S);
    FloatVector c3v0 = FloatVector.zero(S);
    FloatVector c3v1 = FloatVector.zero(S);
    if (add) {
      c0v0 = FloatVector.fromArray(S, c, t0);
      c0v1 = FloatVector.fromArray(S, c, t0 + L);
      c1v0 = FloatVector.fromArray(S, c, t1);
      c1v1 = FloatVector.fromArray(S, c, t1 + L);
      c2v0 = FloatVector.fromArray(S, c, t2);
      c2v1 = FloatVector.fromArray(S, c, t2 + L);
      c3v0 = FloatVector.fromArray(S, c, t3);
      c3v1 = FloatVector.fromArray(S, c, t3 + L);
    }
    int a0 = aStart;
    int a1 = aStart + aStride;
    int a2 = aStart + 2 * aStride;
    int a3 = aStart + 3 * aStride;
    int q = bStart;
    for (int p = 0; p < k; p++, q += 2 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + p]);
      c1v0 = x1.fma(b0, c1v0);
      c1v1 = x1.fma(b1, c1v1);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + p]);
      c2v0 = x2.fma(b0, c2v0);
      c2v1 = x2.fma(b1, c2v1);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + p]);
      c3v0 = x3.fma(b0, c3v0);
      c3v1 = x3.fma(b1, c3v1);
    }
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    c3v0.intoArray(c, t3);
    c3v1.intoArray(c, t3 + L);
  }
}
