package dev.thalweg.kernels.simd;

import dev.thalweg.kernels.Float32Functions;
import java.util.Arrays;

/// Softmax of rows.
final class Softmax {
  private static final int L = Width.LANES;
  private static final int CHUNK = Loops.CHUNK;

  private Softmax() {}

  /// Rows of up to 16: many at once, each filled up to 16 with −∞, whose exponential adds 0.
  static void narrow(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] normalizers,
      int normalizersStart) {
    float[] lanes = Scratch.get()[Scratch.FIRST];
    for (int first = 0; first < rows; first += CHUNK / 16) {
      int some = Math.min(CHUNK / 16, rows - first);
      Arrays.fill(lanes, 0, 16 * some, Float.NEGATIVE_INFINITY);
      for (int i = 0; i < some; i++) {
        float largest = shift(columns, x, xStart + (first + i) * xStride, lanes, 16 * i);
        normalizers[normalizersStart + 2 * (first + i)] = largest;
      }
      Loops.exp(lanes, 0, lanes, 0, 16 * some);
      for (int i = 0; i < some; i++) {
        int row = 16 * i;
        float total = Reductions.tree(lanes, row);
        float factor = 1f / total;
        int to = yStart + (first + i) * yStride;
        for (int j = 0; j < columns; j++) {
          y[to + j] = lanes[row + j] * factor;
        }
        // one by one: the JIT did not always inline the vectors' logarithm here, and then made
        // objects
        normalizers[normalizersStart + 2 * (first + i) + 1] = Float32Functions.log(total);
      }
    }
  }

  /// The lanes of a row less its largest, which is returned; the others are left as they are.
  private static float shift(int columns, float[] x, int from, float[] lanes, int to) {
    // two chains, as each step takes several cycles
    float even = x[from];
    float odd = even;
    int j0 = 1;
    for (; j0 + 1 < columns; j0 += 2) {
      odd = Math.max(odd, x[from + j0]);
      even = Math.max(even, x[from + j0 + 1]);
    }
    float largest = Math.max(even, odd);
    if (j0 < columns) {
      largest = Math.max(largest, x[from + j0]);
    }
    for (int j = 0; j < columns; j++) {
      lanes[to + j] = x[from + j] - largest;
    }
    return largest;
  }

  static void wide(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] normalizers,
      int normalizersStart) {
    float[] edge = Scratch.get()[Scratch.EDGE];
    int whole = columns - columns % L;
    int rest = columns - whole;
    for (int i = 0; i < rows; i++) {
      int from = xStart + i * xStride;
      int to = yStart + i * yStride;
      float largest = Reductions.max(x, from, columns);
      for (int j = 0; j < whole; j += CHUNK) {
        Loops.shiftedExp(x, from + j, largest, y, to + j, Math.min(CHUNK, whole - j));
      }
      if (rest > 0) {
        System.arraycopy(x, from + whole, edge, 0, rest);
        Loops.shiftedExp(edge, 0, largest, edge, 0, L);
        System.arraycopy(edge, 0, y, to + whole, rest);
      }
      float total = Reductions.sum(y, to, columns);
      float factor = 1f / total;
      Loops.scale(y, to, factor, whole);
      for (int j = whole; j < columns; j++) {
        y[to + j] *= factor;
      }
      normalizers[normalizersStart + 2 * i] = largest;
      normalizers[normalizersStart + 2 * i + 1] = Float32Functions.log(total);
    }
  }
}
