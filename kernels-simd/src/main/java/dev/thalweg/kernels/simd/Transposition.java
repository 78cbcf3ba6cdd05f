package dev.thalweg.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Transposes squares of as many rows as a vector has lanes. Written by `tools/transposition.py`:
/// change that.
final class Transposition {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = Width.LANES;

  private static final FloatVector LOW0 = table(1, 0);
  private static final FloatVector HIGH0 = table(1, 1);

  private static final FloatVector LOW1 = table(2, 0);
  private static final FloatVector HIGH1 = table(2, 2);

  private static final FloatVector LOW2 = table(4, 0);
  private static final FloatVector HIGH2 = table(4, 4);

  private static final FloatVector LOW3 = table(8, 0);
  private static final FloatVector HIGH3 = table(8, 8);

  private Transposition() {}

  /// Which lanes of two rows make one: their blocks of `s` lanes that begin at an even (`odd` 0) or
  /// odd (`odd` = s) multiple of s, in turn. Lanes of the second row are counted on from L.
  private static FloatVector table(int s, int odd) {
    float[] lanes = new float[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (i & s) == 0 ? i + odd : i - s + odd + L;
    }
    return FloatVector.fromArray(S, lanes, 0);
  }

  /// y(j, i) = x(i, j) for L rows and `columns` columns.
  static void rows(
      int columns, float[] x, int xStart, int xStride, float[] y, int yStart, int yStride) {
    int j = 0;
    for (; j + L <= columns; j += L) {
      square(x, xStart + j, xStride, y, yStart + j * yStride, yStride);
    }
    for (; j < columns; j++) {
      for (int i = 0; i < L; i++) {
        y[yStart + j * yStride + i] = x[xStart + i * xStride + j];
      }
    }
  }

  /// y(j, i) = x(i, j).
  static void all(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride) {
    int i = 0;
    for (; i + L <= rows; i += L) {
      rows(columns, x, xStart + i * xStride, xStride, y, yStart + i, yStride);
    }
    for (; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        y[yStart + j * yStride + i] = x[xStart + i * xStride + j];
      }
    }
  }

  private static void square(
      float[] x, int xStart, int xStride, float[] y, int yStart, int yStride) {
    switch (L) {
      case 16 -> square16(x, xStart, xStride, y, yStart, yStride);
      case 8 -> square8(x, xStart, xStride, y, yStart, yStride);
      default -> square4(x, xStart, xStride, y, yStart, yStride);
    }
  }

  private static void square16(
      float[] x, int xStart, int xStride, float[] y, int yStart, int yStride) {
    FloatVector a0 = FloatVector.fromArray(S, x, xStart);
    FloatVector a1 = FloatVector.fromArray(S, x, xStart + 1 * xStride);
    FloatVector a2 = FloatVector.fromArray(S, x, xStart + 2 * xStride);
    FloatVector a3 = FloatVector.fromArray(S, x, xStart + 3 * xStride);
    FloatVector a4 = FloatVector.fromArray(S, x, xStart + 4 * xStride);
    FloatVector a5 = FloatVector.fromArray(S, x, xStart + 5 * xStride);
    FloatVector a6 = FloatVector.fromArray(S, x, xStart + 6 * xStride);
    FloatVector a7 = FloatVector.fromArray(S, x, xStart + 7 * xStride);
    FloatVector a8 = FloatVector.fromArray(S, x, xStart + 8 * xStride);
    FloatVector a9 = FloatVector.fromArray(S, x, xStart + 9 * xStride);
    FloatVector a10 = FloatVector.fromArray(S, x, xStart + 10 * xStride);
    FloatVector a11 = FloatVector.fromArray(S, x, xStart + 11 * xStride);
    FloatVector a12 = FloatVector.fromArray(S, x, xStart + 12 * xStride);
    FloatVector a13 = FloatVector.fromArray(S, x, xStart + 13 * xStride);
    FloatVector a14 = FloatVector.fromArray(S, x, xStart + 14 * xStride);
    FloatVector a15 = FloatVector.fromArray(S, x, xStart + 15 * xStride);
    FloatVector t;
    t = LOW0.selectFrom(a0, a1);
    a1 = HIGH0.selectFrom(a0, a1);
    a0 = t;
    t = LOW0.selectFrom(a2, a3);
    a3 = HIGH0.selectFrom(a2, a3);
    a2 = t;
    t = LOW0.selectFrom(a4, a5);
    a5 = HIGH0.selectFrom(a4, a5);
    a4 = t;
    t = LOW0.selectFrom(a6, a7);
    a7 = HIGH0.selectFrom(a6, a7);
    a6 = t;
    t = LOW0.selectFrom(a8, a9);
    a9 = HIGH0.selectFrom(a8, a9);
    a8 = t;
    t = LOW0.selectFrom(a10, a11);
    a11 = HIGH0.selectFrom(a10, a11);
    a10 = t;
    t = LOW0.selectFrom(a12, a13);
    a13 = HIGH0.selectFrom(a12, a13);
    a12 = t;
    t = LOW0.selectFrom(a14, a15);
    a15 = HIGH0.selectFrom(a14, a15);
    a14 = t;
    t = LOW1.selectFrom(a0, a2);
    a2 = HIGH1.selectFrom(a0, a2);
    a0 = t;
    t = LOW1.selectFrom(a1, a3);
    a3 = HIGH1.selectFrom(a1, a3);
    a1 = t;
    t = LOW1.selectFrom(a4, a6);
    a6 = HIGH1.selectFrom(a4, a6);
    a4 = t;
    t = LOW1.selectFrom(a5, a7);
    a7 = HIGH1.selectFrom(a5, a7);
    a5 = t;
    t = LOW1.selectFrom(a8, a10);
    a10 = HIGH1.selectFrom(a8, a10);
    a8 = t;
    t = LOW1.selectFrom(a9, a11);
    a11 = HIGH1.selectFrom(a9, a11);
    a9 = t;
    t = LOW1.selectFrom(a12, a14);
    a14 = HIGH1.selectFrom(a12, a14);
    a12 = t;
    t = LOW1.selectFrom(a13, a15);
    a15 = HIGH1.selectFrom(a13, a15);
    a13 = t;
    t = LOW2.selectFrom(a0, a4);
    a4 = HIGH2.selectFrom(a0, a4);
    a0 = t;
    t = LOW2.selectFrom(a1, a5);
    a5 = HIGH2.selectFrom(a1, a5);
    a1 = t;
    t = LOW2.selectFrom(a2, a6);
    a6 = HIGH2.selectFrom(a2, a6);
    a2 = t;
    t = LOW2.selectFrom(a3, a7);
    a7 = HIGH2.selectFrom(a3, a7);
    a3 = t;
    t = LOW2.selectFrom(a8, a12);
    a12 = HIGH2.selectFrom(a8, a12);
    a8 = t;
    t = LOW2.selectFrom(a9, a13);
    a13 = HIGH2.selectFrom(a9, a13);
    a9 = t;
    t = LOW2.selectFrom(a10, a14);
    a14 = HIGH2.selectFrom(a10, a14);
    a10 = t;
    t = LOW2.selectFrom(a11, a15);
    a15 = HIGH2.selectFrom(a11, a15);
    a11 = t;
    t = LOW3.selectFrom(a0, a8);
    a8 = HIGH3.selectFrom(a0, a8);
    a0 = t;
    t = LOW3.selectFrom(a1, a9);
    a9 = HIGH3.selectFrom(a1, a9);
    a1 = t;
    t = LOW3.selectFrom(a2, a10);
    a10 = HIGH3.selectFrom(a2, a10);
    a2 = t;
    t = LOW3.selectFrom(a3, a11);
    a11 = HIGH3.selectFrom(a3, a11);
    a3 = t;
    t = LOW3.selectFrom(a4, a12);
    a12 = HIGH3.selectFrom(a4, a12);
    a4 = t;
    t = LOW3.selectFrom(a5, a13);
    a13 = HIGH3.selectFrom(a5, a13);
    a5 = t;
    t = LOW3.selectFrom(a6, a14);
    a14 = HIGH3.selectFrom(a6, a14);
    a6 = t;
    t = LOW3.selectFrom(a7, a15);
    a15 = HIGH3.selectFrom(a7, a15);
    a7 = t;
    a0.intoArray(y, yStart);
    a1.intoArray(y, yStart + 1 * yStride);
    a2.intoArray(y, yStart + 2 * yStride);
    a3.intoArray(y, yStart + 3 * yStride);
    a4.intoArray(y, yStart + 4 * yStride);
    a5.intoArray(y, yStart + 5 * yStride);
    a6.intoArray(y, yStart + 6 * yStride);
    a7.intoArray(y, yStart + 7 * yStride);
    a8.intoArray(y, yStart + 8 * yStride);
    a9.intoArray(y, yStart + 9 * yStride);
    a10.intoArray(y, yStart + 10 * yStride);
    a11.intoArray(y, yStart + 11 * yStride);
    a12.intoArray(y, yStart + 12 * yStride);
    a13.intoArray(y, yStart + 13 * yStride);
    a14.intoArray(y, yStart + 14 * yStride);
    a15.intoArray(y, yStart + 15 * yStride);
  }

  private static void square8(
      float[] x, int xStart, int xStride, float[] y, int yStart, int yStride) {
    FloatVector a0 = FloatVector.fromArray(S, x, xStart);
    FloatVector a1 = FloatVector.fromArray(S, x, xStart + 1 * xStride);
    FloatVector a2 = FloatVector.fromArray(S, x, xStart + 2 * xStride);
    FloatVector a3 = FloatVector.fromArray(S, x, xStart + 3 * xStride);
    FloatVector a4 = FloatVector.fromArray(S, x, xStart + 4 * xStride);
    FloatVector a5 = FloatVector.fromArray(S, x, xStart + 5 * xStride);
    FloatVector a6 = FloatVector.fromArray(S, x, xStart + 6 * xStride);
    FloatVector a7 = FloatVector.fromArray(S, x, xStart + 7 * xStride);
    FloatVector t;
    t = LOW0.selectFrom(a0, a1);
    a1 = HIGH0.selectFrom(a0, a1);
    a0 = t;
    t = LOW0.selectFrom(a2, a3);
    a3 = HIGH0.selectFrom(a2, a3);
    a2 = t;
    t = LOW0.selectFrom(a4, a5);
    a5 = HIGH0.selectFrom(a4, a5);
    a4 = t;
    t = LOW0.selectFrom(a6, a7);
    a7 = HIGH0.selectFrom(a6, a7);
    a6 = t;
    t = LOW1.selectFrom(a0, a2);
    a2 = HIGH1.selectFrom(a0, a2);
    a0 = t;
    t = LOW1.selectFrom(a1, a3);
    a3 = HIGH1.selectFrom(a1, a3);
    a1 = t;
    t = LOW1.selectFrom(a4, a6);
    a6 = HIGH1.selectFrom(a4, a6);
    a4 = t;
    t = LOW1.selectFrom(a5, a7);
    a7 = HIGH1.selectFrom(a5, a7);
    a5 = t;
    t = LOW2.selectFrom(a0, a4);
    a4 = HIGH2.selectFrom(a0, a4);
    a0 = t;
    t = LOW2.selectFrom(a1, a5);
    a5 = HIGH2.selectFrom(a1, a5);
    a1 = t;
    t = LOW2.selectFrom(a2, a6);
    a6 = HIGH2.selectFrom(a2, a6);
    a2 = t;
    t = LOW2.selectFrom(a3, a7);
    a7 = HIGH2.selectFrom(a3, a7);
    a3 = t;
    a0.intoArray(y, yStart);
    a1.intoArray(y, yStart + 1 * yStride);
    a2.intoArray(y, yStart + 2 * yStride);
    a3.intoArray(y, yStart + 3 * yStride);
    a4.intoArray(y, yStart + 4 * yStride);
    a5.intoArray(y, yStart + 5 * yStride);
    a6.intoArray(y, yStart + 6 * yStride);
    a7.intoArray(y, yStart + 7 * yStride);
  }

  private static void square4(
      float[] x, int xStart, int xStride, float[] y, int yStart, int yStride) {
    FloatVector a0 = FloatVector.fromArray(S, x, xStart);
    FloatVector a1 = FloatVector.fromArray(S, x, xStart + 1 * xStride);
    FloatVector a2 = FloatVector.fromArray(S, x, xStart + 2 * xStride);
    FloatVector a3 = FloatVector.fromArray(S, x, xStart + 3 * xStride);
    FloatVector t;
    t = LOW0.selectFrom(a0, a1);
    a1 = HIGH0.selectFrom(a0, a1);
    a0 = t;
    t = LOW0.selectFrom(a2, a3);
    a3 = HIGH0.selectFrom(a2, a3);
    a2 = t;
    t = LOW1.selectFrom(a0, a2);
    a2 = HIGH1.selectFrom(a0, a2);
    a0 = t;
    t = LOW1.selectFrom(a1, a3);
    a3 = HIGH1.selectFrom(a1, a3);
    a1 = t;
    a0.intoArray(y, yStart);
    a1.intoArray(y, yStart + 1 * yStride);
    a2.intoArray(y, yStart + 2 * yStride);
    a3.intoArray(y, yStart + 3 * yStride);
  }
}
