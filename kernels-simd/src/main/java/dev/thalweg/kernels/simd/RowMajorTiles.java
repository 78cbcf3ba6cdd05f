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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int i = 0;
    for (; i + 6 <= m; i += 6) {
      tile6x4(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
    }
    if (i + 4 <= m) {
      tile4x4(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
      i += 4;
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int i = 0;
    for (; i + 24 <= m; i += 24) {
      tile24x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
    }
    if (i + 12 <= m) {
      tile12x1(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
      i += 12;
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int i = 0;
    for (; i + 6 <= m; i += 6) {
      tile6x2(
          k,
          a,
          aStart + i * aStride,
          aStride,
          b,
          bStart,
          bStride,
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
          from,
          fromStart + i * fromStride,
          fromStride,
          c,
          cStart + i * cStride,
          cStride);
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    FloatVector c0v1 = FloatVector.fromArray(S, from, f0 + L);
    FloatVector c0v2 = FloatVector.fromArray(S, from, f0 + 2 * L);
    FloatVector c0v3 = FloatVector.fromArray(S, from, f0 + 3 * L);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
    FloatVector c1v1 = FloatVector.fromArray(S, from, f1 + L);
    FloatVector c1v2 = FloatVector.fromArray(S, from, f1 + 2 * L);
    FloatVector c1v3 = FloatVector.fromArray(S, from, f1 + 3 * L);
    int f2 = fromStart + 2 * fromStride;
    FloatVector c2v0 = FloatVector.fromArray(S, from, f2);
    FloatVector c2v1 = FloatVector.fromArray(S, from, f2 + L);
    FloatVector c2v2 = FloatVector.fromArray(S, from, f2 + 2 * L);
    FloatVector c2v3 = FloatVector.fromArray(S, from, f2 + 3 * L);
    int f3 = fromStart + 3 * fromStride;
    FloatVector c3v0 = FloatVector.fromArray(S, from, f3);
    FloatVector c3v1 = FloatVector.fromArray(S, from, f3 + L);
    FloatVector c3v2 = FloatVector.fromArray(S, from, f3 + 2 * L);
    FloatVector c3v3 = FloatVector.fromArray(S, from, f3 + 3 * L);
    int f4 = fromStart + 4 * fromStride;
    FloatVector c4v0 = FloatVector.fromArray(S, from, f4);
    FloatVector c4v1 = FloatVector.fromArray(S, from, f4 + L);
    FloatVector c4v2 = FloatVector.fromArray(S, from, f4 + 2 * L);
    FloatVector c4v3 = FloatVector.fromArray(S, from, f4 + 3 * L);
    int f5 = fromStart + 5 * fromStride;
    FloatVector c5v0 = FloatVector.fromArray(S, from, f5);
    FloatVector c5v1 = FloatVector.fromArray(S, from, f5 + L);
    FloatVector c5v2 = FloatVector.fromArray(S, from, f5 + 2 * L);
    FloatVector c5v3 = FloatVector.fromArray(S, from, f5 + 3 * L);
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
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c0v2.intoArray(c, t0 + 2 * L);
    c0v3.intoArray(c, t0 + 3 * L);
    int t1 = cStart + cStride;
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    c1v2.intoArray(c, t1 + 2 * L);
    c1v3.intoArray(c, t1 + 3 * L);
    int t2 = cStart + 2 * cStride;
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    c2v2.intoArray(c, t2 + 2 * L);
    c2v3.intoArray(c, t2 + 3 * L);
    int t3 = cStart + 3 * cStride;
    c3v0.intoArray(c, t3);
    c3v1.intoArray(c, t3 + L);
    c3v2.intoArray(c, t3 + 2 * L);
    c3v3.intoArray(c, t3 + 3 * L);
    int t4 = cStart + 4 * cStride;
    c4v0.intoArray(c, t4);
    c4v1.intoArray(c, t4 + L);
    c4v2.intoArray(c, t4 + 2 * L);
    c4v3.intoArray(c, t4 + 3 * L);
    int t5 = cStart + 5 * cStride;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    FloatVector c0v1 = FloatVector.fromArray(S, from, f0 + L);
    FloatVector c0v2 = FloatVector.fromArray(S, from, f0 + 2 * L);
    FloatVector c0v3 = FloatVector.fromArray(S, from, f0 + 3 * L);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
    FloatVector c1v1 = FloatVector.fromArray(S, from, f1 + L);
    FloatVector c1v2 = FloatVector.fromArray(S, from, f1 + 2 * L);
    FloatVector c1v3 = FloatVector.fromArray(S, from, f1 + 3 * L);
    int f2 = fromStart + 2 * fromStride;
    FloatVector c2v0 = FloatVector.fromArray(S, from, f2);
    FloatVector c2v1 = FloatVector.fromArray(S, from, f2 + L);
    FloatVector c2v2 = FloatVector.fromArray(S, from, f2 + 2 * L);
    FloatVector c2v3 = FloatVector.fromArray(S, from, f2 + 3 * L);
    int f3 = fromStart + 3 * fromStride;
    FloatVector c3v0 = FloatVector.fromArray(S, from, f3);
    FloatVector c3v1 = FloatVector.fromArray(S, from, f3 + L);
    FloatVector c3v2 = FloatVector.fromArray(S, from, f3 + 2 * L);
    FloatVector c3v3 = FloatVector.fromArray(S, from, f3 + 3 * L);
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
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c0v2.intoArray(c, t0 + 2 * L);
    c0v3.intoArray(c, t0 + 3 * L);
    int t1 = cStart + cStride;
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    c1v2.intoArray(c, t1 + 2 * L);
    c1v3.intoArray(c, t1 + 3 * L);
    int t2 = cStart + 2 * cStride;
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    c2v2.intoArray(c, t2 + 2 * L);
    c2v3.intoArray(c, t2 + 3 * L);
    int t3 = cStart + 3 * cStride;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    FloatVector c0v1 = FloatVector.fromArray(S, from, f0 + L);
    FloatVector c0v2 = FloatVector.fromArray(S, from, f0 + 2 * L);
    FloatVector c0v3 = FloatVector.fromArray(S, from, f0 + 3 * L);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
    FloatVector c1v1 = FloatVector.fromArray(S, from, f1 + L);
    FloatVector c1v2 = FloatVector.fromArray(S, from, f1 + 2 * L);
    FloatVector c1v3 = FloatVector.fromArray(S, from, f1 + 3 * L);
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
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    c0v2.intoArray(c, t0 + 2 * L);
    c0v3.intoArray(c, t0 + 3 * L);
    int t1 = cStart + cStride;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    FloatVector c0v1 = FloatVector.fromArray(S, from, f0 + L);
    FloatVector c0v2 = FloatVector.fromArray(S, from, f0 + 2 * L);
    FloatVector c0v3 = FloatVector.fromArray(S, from, f0 + 3 * L);
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
    int t0 = cStart;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    FloatVector c0v1 = FloatVector.fromArray(S, from, f0 + L);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
    FloatVector c1v1 = FloatVector.fromArray(S, from, f1 + L);
    int f2 = fromStart + 2 * fromStride;
    FloatVector c2v0 = FloatVector.fromArray(S, from, f2);
    FloatVector c2v1 = FloatVector.fromArray(S, from, f2 + L);
    int f3 = fromStart + 3 * fromStride;
    FloatVector c3v0 = FloatVector.fromArray(S, from, f3);
    FloatVector c3v1 = FloatVector.fromArray(S, from, f3 + L);
    int f4 = fromStart + 4 * fromStride;
    FloatVector c4v0 = FloatVector.fromArray(S, from, f4);
    FloatVector c4v1 = FloatVector.fromArray(S, from, f4 + L);
    int f5 = fromStart + 5 * fromStride;
    FloatVector c5v0 = FloatVector.fromArray(S, from, f5);
    FloatVector c5v1 = FloatVector.fromArray(S, from, f5 + L);
    int f6 = fromStart + 6 * fromStride;
    FloatVector c6v0 = FloatVector.fromArray(S, from, f6);
    FloatVector c6v1 = FloatVector.fromArray(S, from, f6 + L);
    int f7 = fromStart + 7 * fromStride;
    FloatVector c7v0 = FloatVector.fromArray(S, from, f7);
    FloatVector c7v1 = FloatVector.fromArray(S, from, f7 + L);
    int f8 = fromStart + 8 * fromStride;
    FloatVector c8v0 = FloatVector.fromArray(S, from, f8);
    FloatVector c8v1 = FloatVector.fromArray(S, from, f8 + L);
    int f9 = fromStart + 9 * fromStride;
    FloatVector c9v0 = FloatVector.fromArray(S, from, f9);
    FloatVector c9v1 = FloatVector.fromArray(S, from, f9 + L);
    int f10 = fromStart + 10 * fromStride;
    FloatVector c10v0 = FloatVector.fromArray(S, from, f10);
    FloatVector c10v1 = FloatVector.fromArray(S, from, f10 + L);
    int f11 = fromStart + 11 * fromStride;
    FloatVector c11v0 = FloatVector.fromArray(S, from, f11);
    FloatVector c11v1 = FloatVector.fromArray(S, from, f11 + L);
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
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    int t1 = cStart + cStride;
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    int t2 = cStart + 2 * cStride;
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    int t3 = cStart + 3 * cStride;
    c3v0.intoArray(c, t3);
    c3v1.intoArray(c, t3 + L);
    int t4 = cStart + 4 * cStride;
    c4v0.intoArray(c, t4);
    c4v1.intoArray(c, t4 + L);
    int t5 = cStart + 5 * cStride;
    c5v0.intoArray(c, t5);
    c5v1.intoArray(c, t5 + L);
    int t6 = cStart + 6 * cStride;
    c6v0.intoArray(c, t6);
    c6v1.intoArray(c, t6 + L);
    int t7 = cStart + 7 * cStride;
    c7v0.intoArray(c, t7);
    c7v1.intoArray(c, t7 + L);
    int t8 = cStart + 8 * cStride;
    c8v0.intoArray(c, t8);
    c8v1.intoArray(c, t8 + L);
    int t9 = cStart + 9 * cStride;
    c9v0.intoArray(c, t9);
    c9v1.intoArray(c, t9 + L);
    int t10 = cStart + 10 * cStride;
    c10v0.intoArray(c, t10);
    c10v1.intoArray(c, t10 + L);
    int t11 = cStart + 11 * cStride;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    FloatVector c0v1 = FloatVector.fromArray(S, from, f0 + L);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
    FloatVector c1v1 = FloatVector.fromArray(S, from, f1 + L);
    int f2 = fromStart + 2 * fromStride;
    FloatVector c2v0 = FloatVector.fromArray(S, from, f2);
    FloatVector c2v1 = FloatVector.fromArray(S, from, f2 + L);
    int f3 = fromStart + 3 * fromStride;
    FloatVector c3v0 = FloatVector.fromArray(S, from, f3);
    FloatVector c3v1 = FloatVector.fromArray(S, from, f3 + L);
    int f4 = fromStart + 4 * fromStride;
    FloatVector c4v0 = FloatVector.fromArray(S, from, f4);
    FloatVector c4v1 = FloatVector.fromArray(S, from, f4 + L);
    int f5 = fromStart + 5 * fromStride;
    FloatVector c5v0 = FloatVector.fromArray(S, from, f5);
    FloatVector c5v1 = FloatVector.fromArray(S, from, f5 + L);
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
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    int t1 = cStart + cStride;
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    int t2 = cStart + 2 * cStride;
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    int t3 = cStart + 3 * cStride;
    c3v0.intoArray(c, t3);
    c3v1.intoArray(c, t3 + L);
    int t4 = cStart + 4 * cStride;
    c4v0.intoArray(c, t4);
    c4v1.intoArray(c, t4 + L);
    int t5 = cStart + 5 * cStride;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    FloatVector c0v1 = FloatVector.fromArray(S, from, f0 + L);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
    FloatVector c1v1 = FloatVector.fromArray(S, from, f1 + L);
    int f2 = fromStart + 2 * fromStride;
    FloatVector c2v0 = FloatVector.fromArray(S, from, f2);
    FloatVector c2v1 = FloatVector.fromArray(S, from, f2 + L);
    int f3 = fromStart + 3 * fromStride;
    FloatVector c3v0 = FloatVector.fromArray(S, from, f3);
    FloatVector c3v1 = FloatVector.fromArray(S, from, f3 + L);
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
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    int t1 = cStart + cStride;
    c1v0.intoArray(c, t1);
    c1v1.intoArray(c, t1 + L);
    int t2 = cStart + 2 * cStride;
    c2v0.intoArray(c, t2);
    c2v1.intoArray(c, t2 + L);
    int t3 = cStart + 3 * cStride;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    FloatVector c0v1 = FloatVector.fromArray(S, from, f0 + L);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
    FloatVector c1v1 = FloatVector.fromArray(S, from, f1 + L);
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
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
    int t1 = cStart + cStride;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    FloatVector c0v1 = FloatVector.fromArray(S, from, f0 + L);
    int a0 = aStart;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + L);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
      c0v1 = x0.fma(b1, c0v1);
    }
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    c0v1.intoArray(c, t0 + L);
  }

  static void tile24x1(
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] b,
      int bStart,
      int bStride,
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
    int f2 = fromStart + 2 * fromStride;
    FloatVector c2v0 = FloatVector.fromArray(S, from, f2);
    int f3 = fromStart + 3 * fromStride;
    FloatVector c3v0 = FloatVector.fromArray(S, from, f3);
    int f4 = fromStart + 4 * fromStride;
    FloatVector c4v0 = FloatVector.fromArray(S, from, f4);
    int f5 = fromStart + 5 * fromStride;
    FloatVector c5v0 = FloatVector.fromArray(S, from, f5);
    int f6 = fromStart + 6 * fromStride;
    FloatVector c6v0 = FloatVector.fromArray(S, from, f6);
    int f7 = fromStart + 7 * fromStride;
    FloatVector c7v0 = FloatVector.fromArray(S, from, f7);
    int f8 = fromStart + 8 * fromStride;
    FloatVector c8v0 = FloatVector.fromArray(S, from, f8);
    int f9 = fromStart + 9 * fromStride;
    FloatVector c9v0 = FloatVector.fromArray(S, from, f9);
    int f10 = fromStart + 10 * fromStride;
    FloatVector c10v0 = FloatVector.fromArray(S, from, f10);
    int f11 = fromStart + 11 * fromStride;
    FloatVector c11v0 = FloatVector.fromArray(S, from, f11);
    int f12 = fromStart + 12 * fromStride;
    FloatVector c12v0 = FloatVector.fromArray(S, from, f12);
    int f13 = fromStart + 13 * fromStride;
    FloatVector c13v0 = FloatVector.fromArray(S, from, f13);
    int f14 = fromStart + 14 * fromStride;
    FloatVector c14v0 = FloatVector.fromArray(S, from, f14);
    int f15 = fromStart + 15 * fromStride;
    FloatVector c15v0 = FloatVector.fromArray(S, from, f15);
    int f16 = fromStart + 16 * fromStride;
    FloatVector c16v0 = FloatVector.fromArray(S, from, f16);
    int f17 = fromStart + 17 * fromStride;
    FloatVector c17v0 = FloatVector.fromArray(S, from, f17);
    int f18 = fromStart + 18 * fromStride;
    FloatVector c18v0 = FloatVector.fromArray(S, from, f18);
    int f19 = fromStart + 19 * fromStride;
    FloatVector c19v0 = FloatVector.fromArray(S, from, f19);
    int f20 = fromStart + 20 * fromStride;
    FloatVector c20v0 = FloatVector.fromArray(S, from, f20);
    int f21 = fromStart + 21 * fromStride;
    FloatVector c21v0 = FloatVector.fromArray(S, from, f21);
    int f22 = fromStart + 22 * fromStride;
    FloatVector c22v0 = FloatVector.fromArray(S, from, f22);
    int f23 = fromStart + 23 * fromStride;
    FloatVector c23v0 = FloatVector.fromArray(S, from, f23);
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
    int a16 = aStart + 16 * aStride;
    int a17 = aStart + 17 * aStride;
    int a18 = aStart + 18 * aStride;
    int a19 = aStart + 19 * aStride;
    int a20 = aStart + 20 * aStride;
    int a21 = aStart + 21 * aStride;
    int a22 = aStart + 22 * aStride;
    int a23 = aStart + 23 * aStride;
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
      FloatVector x16 = FloatVector.broadcast(S, a[a16 + p]);
      c16v0 = x16.fma(b0, c16v0);
      FloatVector x17 = FloatVector.broadcast(S, a[a17 + p]);
      c17v0 = x17.fma(b0, c17v0);
      FloatVector x18 = FloatVector.broadcast(S, a[a18 + p]);
      c18v0 = x18.fma(b0, c18v0);
      FloatVector x19 = FloatVector.broadcast(S, a[a19 + p]);
      c19v0 = x19.fma(b0, c19v0);
      FloatVector x20 = FloatVector.broadcast(S, a[a20 + p]);
      c20v0 = x20.fma(b0, c20v0);
      FloatVector x21 = FloatVector.broadcast(S, a[a21 + p]);
      c21v0 = x21.fma(b0, c21v0);
      FloatVector x22 = FloatVector.broadcast(S, a[a22 + p]);
      c22v0 = x22.fma(b0, c22v0);
      FloatVector x23 = FloatVector.broadcast(S, a[a23 + p]);
      c23v0 = x23.fma(b0, c23v0);
    }
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    int t1 = cStart + cStride;
    c1v0.intoArray(c, t1);
    int t2 = cStart + 2 * cStride;
    c2v0.intoArray(c, t2);
    int t3 = cStart + 3 * cStride;
    c3v0.intoArray(c, t3);
    int t4 = cStart + 4 * cStride;
    c4v0.intoArray(c, t4);
    int t5 = cStart + 5 * cStride;
    c5v0.intoArray(c, t5);
    int t6 = cStart + 6 * cStride;
    c6v0.intoArray(c, t6);
    int t7 = cStart + 7 * cStride;
    c7v0.intoArray(c, t7);
    int t8 = cStart + 8 * cStride;
    c8v0.intoArray(c, t8);
    int t9 = cStart + 9 * cStride;
    c9v0.intoArray(c, t9);
    int t10 = cStart + 10 * cStride;
    c10v0.intoArray(c, t10);
    int t11 = cStart + 11 * cStride;
    c11v0.intoArray(c, t11);
    int t12 = cStart + 12 * cStride;
    c12v0.intoArray(c, t12);
    int t13 = cStart + 13 * cStride;
    c13v0.intoArray(c, t13);
    int t14 = cStart + 14 * cStride;
    c14v0.intoArray(c, t14);
    int t15 = cStart + 15 * cStride;
    c15v0.intoArray(c, t15);
    int t16 = cStart + 16 * cStride;
    c16v0.intoArray(c, t16);
    int t17 = cStart + 17 * cStride;
    c17v0.intoArray(c, t17);
    int t18 = cStart + 18 * cStride;
    c18v0.intoArray(c, t18);
    int t19 = cStart + 19 * cStride;
    c19v0.intoArray(c, t19);
    int t20 = cStart + 20 * cStride;
    c20v0.intoArray(c, t20);
    int t21 = cStart + 21 * cStride;
    c21v0.intoArray(c, t21);
    int t22 = cStart + 22 * cStride;
    c22v0.intoArray(c, t22);
    int t23 = cStart + 23 * cStride;
    c23v0.intoArray(c, t23);
  }

  static void tile12x1(
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] b,
      int bStart,
      int bStride,
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
    int f2 = fromStart + 2 * fromStride;
    FloatVector c2v0 = FloatVector.fromArray(S, from, f2);
    int f3 = fromStart + 3 * fromStride;
    FloatVector c3v0 = FloatVector.fromArray(S, from, f3);
    int f4 = fromStart + 4 * fromStride;
    FloatVector c4v0 = FloatVector.fromArray(S, from, f4);
    int f5 = fromStart + 5 * fromStride;
    FloatVector c5v0 = FloatVector.fromArray(S, from, f5);
    int f6 = fromStart + 6 * fromStride;
    FloatVector c6v0 = FloatVector.fromArray(S, from, f6);
    int f7 = fromStart + 7 * fromStride;
    FloatVector c7v0 = FloatVector.fromArray(S, from, f7);
    int f8 = fromStart + 8 * fromStride;
    FloatVector c8v0 = FloatVector.fromArray(S, from, f8);
    int f9 = fromStart + 9 * fromStride;
    FloatVector c9v0 = FloatVector.fromArray(S, from, f9);
    int f10 = fromStart + 10 * fromStride;
    FloatVector c10v0 = FloatVector.fromArray(S, from, f10);
    int f11 = fromStart + 11 * fromStride;
    FloatVector c11v0 = FloatVector.fromArray(S, from, f11);
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
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    int t1 = cStart + cStride;
    c1v0.intoArray(c, t1);
    int t2 = cStart + 2 * cStride;
    c2v0.intoArray(c, t2);
    int t3 = cStart + 3 * cStride;
    c3v0.intoArray(c, t3);
    int t4 = cStart + 4 * cStride;
    c4v0.intoArray(c, t4);
    int t5 = cStart + 5 * cStride;
    c5v0.intoArray(c, t5);
    int t6 = cStart + 6 * cStride;
    c6v0.intoArray(c, t6);
    int t7 = cStart + 7 * cStride;
    c7v0.intoArray(c, t7);
    int t8 = cStart + 8 * cStride;
    c8v0.intoArray(c, t8);
    int t9 = cStart + 9 * cStride;
    c9v0.intoArray(c, t9);
    int t10 = cStart + 10 * cStride;
    c10v0.intoArray(c, t10);
    int t11 = cStart + 11 * cStride;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
    int f2 = fromStart + 2 * fromStride;
    FloatVector c2v0 = FloatVector.fromArray(S, from, f2);
    int f3 = fromStart + 3 * fromStride;
    FloatVector c3v0 = FloatVector.fromArray(S, from, f3);
    int f4 = fromStart + 4 * fromStride;
    FloatVector c4v0 = FloatVector.fromArray(S, from, f4);
    int f5 = fromStart + 5 * fromStride;
    FloatVector c5v0 = FloatVector.fromArray(S, from, f5);
    int f6 = fromStart + 6 * fromStride;
    FloatVector c6v0 = FloatVector.fromArray(S, from, f6);
    int f7 = fromStart + 7 * fromStride;
    FloatVector c7v0 = FloatVector.fromArray(S, from, f7);
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
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    int t1 = cStart + cStride;
    c1v0.intoArray(c, t1);
    int t2 = cStart + 2 * cStride;
    c2v0.intoArray(c, t2);
    int t3 = cStart + 3 * cStride;
    c3v0.intoArray(c, t3);
    int t4 = cStart + 4 * cStride;
    c4v0.intoArray(c, t4);
    int t5 = cStart + 5 * cStride;
    c5v0.intoArray(c, t5);
    int t6 = cStart + 6 * cStride;
    c6v0.intoArray(c, t6);
    int t7 = cStart + 7 * cStride;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
    int f2 = fromStart + 2 * fromStride;
    FloatVector c2v0 = FloatVector.fromArray(S, from, f2);
    int f3 = fromStart + 3 * fromStride;
    FloatVector c3v0 = FloatVector.fromArray(S, from, f3);
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
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    int t1 = cStart + cStride;
    c1v0.intoArray(c, t1);
    int t2 = cStart + 2 * cStride;
    c2v0.intoArray(c, t2);
    int t3 = cStart + 3 * cStride;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    int f1 = fromStart + fromStride;
    FloatVector c1v0 = FloatVector.fromArray(S, from, f1);
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
    int t0 = cStart;
    c0v0.intoArray(c, t0);
    int t1 = cStart + cStride;
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
      float[] from,
      int fromStart,
      int fromStride,
      float[] c,
      int cStart,
      int cStride) {
    int f0 = fromStart;
    FloatVector c0v0 = FloatVector.fromArray(S, from, f0);
    int a0 = aStart;
    for (int p = 0; p < k; p++) {
      int q = bStart + p * bStride;
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + p]);
      c0v0 = x0.fma(b0, c0v0);
    }
    int t0 = cStart;
    c0v0.intoArray(c, t0);
  }
}
