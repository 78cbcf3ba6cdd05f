package dev.thalweg.kernels.simd;

import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Sums and maxima. Sums run over 16 virtual lanes at every width: one vector of 16, two of 8 or
/// four of 4.
final class Reductions {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = Width.LANES;
  private static final int BLOCK = 4096;

  private Reductions() {}

  static float sum(float[] x, int start, int n) {
    float[] lanes = Scratch.get().edge;
    float total = 0f;
    for (int from = 0; from < n; from += BLOCK) {
      total += block(x, start + from, Math.min(BLOCK, n - from), lanes);
    }
    return total;
  }

  private static float block(float[] x, int start, int n, float[] lanes) {
    int whole = n & -16;
    if (L == 16) {
      lanes16(x, start, whole, lanes);
    } else if (L == 8) {
      lanes8(x, start, whole, lanes);
    } else {
      lanes4(x, start, whole, lanes);
    }
    for (int l = 0; l < n - whole; l++) {
      lanes[l] += x[start + whole + l];
    }
    return tree(lanes);
  }

  /// l with l+8, l+4, l+2, l+1.
  static float tree(float[] s) {
    float low = ((s[0] + s[8]) + (s[4] + s[12])) + ((s[2] + s[10]) + (s[6] + s[14]));
    float high = ((s[1] + s[9]) + (s[5] + s[13])) + ((s[3] + s[11]) + (s[7] + s[15]));
    return low + high;
  }

  private static void lanes16(float[] x, int start, int n, float[] lanes) {
    FloatVector s = FloatVector.zero(S);
    for (int i = 0; i < n; i += 16) {
      s = s.add(FloatVector.fromArray(S, x, start + i));
    }
    s.intoArray(lanes, 0);
  }

  private static void lanes8(float[] x, int start, int n, float[] lanes) {
    FloatVector s = FloatVector.zero(S);
    FloatVector t = FloatVector.zero(S);
    for (int i = 0; i < n; i += 16) {
      s = s.add(FloatVector.fromArray(S, x, start + i));
      t = t.add(FloatVector.fromArray(S, x, start + i + 8));
    }
    s.intoArray(lanes, 0);
    t.intoArray(lanes, 8);
  }

  private static void lanes4(float[] x, int start, int n, float[] lanes) {
    FloatVector s = FloatVector.zero(S);
    FloatVector t = FloatVector.zero(S);
    FloatVector u = FloatVector.zero(S);
    FloatVector v = FloatVector.zero(S);
    for (int i = 0; i < n; i += 16) {
      s = s.add(FloatVector.fromArray(S, x, start + i));
      t = t.add(FloatVector.fromArray(S, x, start + i + 4));
      u = u.add(FloatVector.fromArray(S, x, start + i + 8));
      v = v.add(FloatVector.fromArray(S, x, start + i + 12));
    }
    s.intoArray(lanes, 0);
    t.intoArray(lanes, 4);
    u.intoArray(lanes, 8);
    v.intoArray(lanes, 12);
  }

  static float max(float[] x, int start, int n) {
    float m = x[start];
    int whole = n - n % L;
    for (int from = 0; from < whole; from += BLOCK) {
      m = Math.max(m, blockMax(x, start + from, Math.min(BLOCK, whole - from)));
    }
    for (int i = whole; i < n; i++) {
      m = Math.max(m, x[start + i]);
    }
    return m;
  }

  private static float blockMax(float[] x, int start, int n) {
    FloatVector m = FloatVector.fromArray(S, x, start);
    FloatVector o = m;
    int i = 0;
    for (; i + 2 * L <= n; i += 2 * L) {
      m = m.max(FloatVector.fromArray(S, x, start + i));
      o = o.max(FloatVector.fromArray(S, x, start + i + L));
    }
    if (i < n) {
      m = m.max(FloatVector.fromArray(S, x, start + i));
    }
    return m.max(o).reduceLanes(MAX);
  }

  static void columnSums(
      int rows, int columns, float[] x, int xStart, int xStride, float[] y, int yStart) {
    int j = 0;
    for (; j + 4 * L <= columns; j += 4 * L) {
      columns4(rows, x, xStart + j, xStride, y, yStart + j);
    }
    for (; j + L <= columns; j += L) {
      columns1(rows, x, xStart + j, xStride, y, yStart + j);
    }
    if (j < columns) {
      // vectors that reach into the next row: nobody looks at those lanes
      int width = columns - j;
      int inside = Math.floorDiv(x.length - L - xStart - j, Math.max(1, xStride)) + 1;
      int fit = Math.clamp(inside, 0, rows);
      float[] edge = Scratch.get().edge;
      System.arraycopy(y, yStart + j, edge, 0, width);
      columns1(fit, x, xStart + j, xStride, edge, 0);
      System.arraycopy(edge, 0, y, yStart + j, width);
      for (int i = fit; i < rows; i++) {
        for (int l = j; l < columns; l++) {
          y[yStart + l] += x[xStart + i * xStride + l];
        }
      }
    }
  }

  private static void columns4(
      int rows, float[] x, int xStart, int xStride, float[] y, int yStart) {
    FloatVector s = FloatVector.fromArray(S, y, yStart);
    FloatVector t = FloatVector.fromArray(S, y, yStart + L);
    FloatVector u = FloatVector.fromArray(S, y, yStart + 2 * L);
    FloatVector v = FloatVector.fromArray(S, y, yStart + 3 * L);
    for (int i = 0; i < rows; i++) {
      int q = xStart + i * xStride;
      s = s.add(FloatVector.fromArray(S, x, q));
      t = t.add(FloatVector.fromArray(S, x, q + L));
      u = u.add(FloatVector.fromArray(S, x, q + 2 * L));
      v = v.add(FloatVector.fromArray(S, x, q + 3 * L));
    }
    s.intoArray(y, yStart);
    t.intoArray(y, yStart + L);
    u.intoArray(y, yStart + 2 * L);
    v.intoArray(y, yStart + 3 * L);
  }

  private static void columns1(
      int rows, float[] x, int xStart, int xStride, float[] y, int yStart) {
    FloatVector s = FloatVector.fromArray(S, y, yStart);
    for (int i = 0; i < rows; i++) {
      s = s.add(FloatVector.fromArray(S, x, xStart + i * xStride));
    }
    s.intoArray(y, yStart);
  }
}
