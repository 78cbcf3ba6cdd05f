package dev.thalweg.optim;

import dev.thalweg.kernels.loop.FusedLoop;

/// The update of F32 parameters once a square of a gradient has overflowed: the loop of other
/// steps, and for an element that it has no number for, or an infinite parameter, the same formula
/// in double.
///
/// In float a difference of gradients can be infinite (3.1e38 and −3.1e38), a corrected average
/// (3e38 / 0.9), and then ∞ / ∞ or 0 ∞ is no number where the formula has one. In double nothing of
/// it overflows. What comes out is rounded, and what is beyond the largest float is infinite; an
/// infinity that was there before counts as the largest float. So no bit of another element
/// changes, and what has no number in double stays NaN.
///
/// It keeps a copy of what a loop overwrites, block by block: a step takes about twice as long.
final class WideStep {
  private static final int BLOCK = 1024;

  /// The gradient's place among the arrays, which is only read.
  private static final int GRADIENT = 1;

  private final FusedLoop narrow;
  private final FusedLoop wide;

  /// @param narrow the update in float
  /// @param wide the same in double
  WideStep(FusedLoop narrow, FusedLoop wide) {
    this.narrow = narrow;
    this.wide = wide;
  }

  /// Updates a stretch.
  ///
  /// @param arrays the parameter, its gradient, the slots
  void run(float[][] arrays, float[] scalars, double[] wideScalars, int from, int to) {
    float[][] before = new float[arrays.length][Math.min(BLOCK, to - from)];
    for (int begin = from; begin < to; begin += BLOCK) {
      int end = Math.min(to, begin + BLOCK);
      for (int k = 0; k < arrays.length; k++) {
        System.arraycopy(arrays[k], begin, before[k], 0, end - begin);
      }
      narrow.run(arrays, scalars, begin, end);
      for (int i = begin; i < end; i++) {
        if ((Float.isInfinite(arrays[0][i]) || isNaN(arrays, i)) && !isNaN(before, i - begin)) {
          repeat(arrays, before, i, i - begin, wideScalars);
        }
      }
    }
  }

  private static boolean isNaN(float[][] arrays, int i) {
    for (float[] array : arrays) {
      if (Float.isNaN(array[i])) {
        return true;
      }
    }
    return false;
  }

  /// Computes an element in double: with infinite state as it is; if that gives a NaN, with the
  /// largest float for what becomes one; then for all of it.
  private void repeat(float[][] arrays, float[][] before, int i, int at, double[] scalars) {
    boolean[] bounded = new boolean[arrays.length];
    double[][] one = new double[arrays.length][1];
    for (int attempt = 0; attempt < 3; attempt++) {
      for (int k = 0; k < one.length; k++) {
        double x = before[k][at];
        one[k][0] =
            bounded[k] || attempt == 2 ? Math.clamp(x, -Float.MAX_VALUE, Float.MAX_VALUE) : x;
      }
      wide.run(one, scalars, 0, 1);
      boolean number = true;
      for (int k = 0; k < one.length; k++) {
        bounded[k] = Double.isNaN(one[k][0]);
        number &= !bounded[k];
      }
      if (number) {
        break;
      }
    }
    for (int k = 0; k < one.length; k++) {
      if (k != GRADIENT) {
        arrays[k][i] = (float) one[k][0];
      }
    }
  }
}
