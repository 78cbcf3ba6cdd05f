package dev.thalweg.kernels.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Copies parts of B into dense strips for the tiles.
final class Panels {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = Width.LANES;

  private Panels() {}

  /// `depth` rows of whole vectors.
  static void pack(
      int depth, int vectors, float[] b, int bStart, int bStride, float[] y, int yStart) {
    switch (vectors) {
      case 4 -> pack4(depth, b, bStart, bStride, y, yStart);
      case 2 -> pack2(depth, b, bStart, bStride, y, yStart);
      default -> pack1(depth, b, bStart, bStride, y, yStart);
    }
  }

  private static void pack4(int depth, float[] b, int bStart, int bStride, float[] y, int yStart) {
    int to = yStart;
    for (int p = 0; p < depth; p++) {
      int q = bStart + p * bStride;
      FloatVector v0 = FloatVector.fromArray(S, b, q);
      FloatVector v1 = FloatVector.fromArray(S, b, q + L);
      FloatVector v2 = FloatVector.fromArray(S, b, q + 2 * L);
      FloatVector v3 = FloatVector.fromArray(S, b, q + 3 * L);
      v0.intoArray(y, to);
      v1.intoArray(y, to + L);
      v2.intoArray(y, to + 2 * L);
      v3.intoArray(y, to + 3 * L);
      to += 4 * L;
    }
  }

  private static void pack2(int depth, float[] b, int bStart, int bStride, float[] y, int yStart) {
    int to = yStart;
    for (int p = 0; p < depth; p++) {
      int q = bStart + p * bStride;
      FloatVector v0 = FloatVector.fromArray(S, b, q);
      FloatVector v1 = FloatVector.fromArray(S, b, q + L);
      v0.intoArray(y, to);
      v1.intoArray(y, to + L);
      to += 2 * L;
    }
  }

  private static void pack1(int depth, float[] b, int bStart, int bStride, float[] y, int yStart) {
    int to = yStart;
    for (int p = 0; p < depth; p++) {
      FloatVector.fromArray(S, b, bStart + p * bStride).intoArray(y, to);
      to += L;
    }
  }

  /// `depth` rows of `width` floats, side by side.
  static void packStrip(
      int depth, int width, float[] x, int xStart, int xStride, float[] y, int yStart) {
    if (width % L == 0) {
      for (int j = 0; j < width; j += L) {
        packColumn(depth, x, xStart + j, xStride, y, yStart + j, width);
      }
      return;
    }
    for (int p = 0; p < depth; p++) {
      System.arraycopy(x, xStart + p * xStride, y, yStart + p * width, width);
    }
  }

  private static void packColumn(
      int depth, float[] x, int xStart, int xStride, float[] y, int yStart, int yStride) {
    for (int p = 0; p < depth; p++) {
      FloatVector.fromArray(S, x, xStart + p * xStride).intoArray(y, yStart + p * yStride);
    }
  }

  /// `depth` rows of fewer floats than a vector has lanes. What follows them in b fills the vector:
  /// no lane beyond `width` is ever used. Only where b ends too early are zeros put there.
  static void packNarrow(
      int depth, int width, float[] b, int bStart, int bStride, float[] y, int yStart) {
    int p = 0;
    int inside =
        Math.min(depth, bStride > 0 ? Math.floorDiv(b.length - L - bStart, bStride) + 1 : 0);
    if (inside > 0) {
      pack1(inside, b, bStart, bStride, y, yStart);
      p = inside;
    }
    for (; p < depth; p++) {
      int to = yStart + p * L;
      for (int j = 0; j < L; j++) {
        y[to + j] = j < width ? b[bStart + p * bStride + j] : 0f;
      }
    }
  }

  /// `width` rows of b as columns of y, filled up with zero columns to `stride`.
  static void packTransposed(
      int depth, int width, int stride, float[] b, int bStart, int bStride, float[] y, int yStart) {
    int j = 0;
    for (; j + L <= width; j += L) {
      Transposition.rows(depth, b, bStart + j * bStride, bStride, y, yStart + j, stride);
    }
    for (int p = 0; p < depth && j < stride; p++) {
      int to = yStart + p * stride;
      for (int i = j; i < width; i++) {
        y[to + i] = b[bStart + i * bStride + p];
      }
      Arrays.fill(y, to + width, to + stride, 0f);
    }
  }
}
