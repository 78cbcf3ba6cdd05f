package dev.thalweg.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The linear maps of Winograd's F(2×2, 3×3), channels across the lanes; the last vector of a pixel
/// may overlap the one before. A column of a square at a time, so that few registers are needed.
final class Squares {
  private static final VectorSpecies<Float> S = Width.SPECIES;
  private static final int L = Width.LANES;

  private Squares() {}

  static void input(
      int squares,
      int channels,
      float[] x,
      int xStart,
      int xRow,
      float[] v,
      int vStart,
      int vStep) {
    for (int i = 0; i < squares; i++) {
      for (int c = 0; c < channels; c += L) {
        int from = Math.min(c, channels - L);
        int at = xStart + 2 * i * channels + from;
        int to = vStart + i * channels + from;
        inputColumn(x, at, at + 2 * channels, xRow, v, to, vStep, false);
        inputColumn(x, at + channels, at + 2 * channels, xRow, v, to + vStep, vStep, true);
        inputColumn(x, at + 2 * channels, at + channels, xRow, v, to + 2 * vStep, vStep, false);
        inputColumn(x, at + channels, at + 3 * channels, xRow, v, to + 3 * vStep, vStep, false);
      }
    }
  }

  /// The sums or differences of two pixels of four rows, and the four numbers that come of them.
  private static void inputColumn(
      float[] x, int one, int other, int row, float[] v, int to, int step, boolean add) {
    FloatVector a0 = FloatVector.fromArray(S, x, one);
    FloatVector a1 = FloatVector.fromArray(S, x, one + row);
    FloatVector a2 = FloatVector.fromArray(S, x, one + 2 * row);
    FloatVector a3 = FloatVector.fromArray(S, x, one + 3 * row);
    FloatVector b0 = FloatVector.fromArray(S, x, other);
    FloatVector b1 = FloatVector.fromArray(S, x, other + row);
    FloatVector b2 = FloatVector.fromArray(S, x, other + 2 * row);
    FloatVector b3 = FloatVector.fromArray(S, x, other + 3 * row);
    FloatVector e0 = add ? a0.add(b0) : a0.sub(b0);
    FloatVector e1 = add ? a1.add(b1) : a1.sub(b1);
    FloatVector e2 = add ? a2.add(b2) : a2.sub(b2);
    FloatVector e3 = add ? a3.add(b3) : a3.sub(b3);
    e0.sub(e2).intoArray(v, to);
    e1.add(e2).intoArray(v, to + 4 * step);
    e2.sub(e1).intoArray(v, to + 8 * step);
    e1.sub(e3).intoArray(v, to + 12 * step);
  }

  static void output(
      int squares,
      int channels,
      float[] m,
      int mStart,
      int mStep,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int yRow) {
    FloatVector nothing = FloatVector.broadcast(S, -0f);
    boolean biased = bias.length > 0;
    for (int i = 0; i < squares; i++) {
      for (int c = 0; c < channels; c += L) {
        int from = Math.min(c, channels - L);
        FloatVector b = biased ? FloatVector.fromArray(S, bias, biasStart + from) : nothing;
        int at = mStart + i * channels + from;
        int to = yStart + 2 * i * channels + from;
        FloatVector s0 = three(m, at, mStep);
        FloatVector s1 = three(m, at + 4 * mStep, mStep);
        FloatVector s2 = three(m, at + 8 * mStep, mStep);
        FloatVector s3 = three(m, at + 12 * mStep, mStep);
        s0.add(s1).add(s2).add(b).intoArray(y, to);
        s1.sub(s2).sub(s3).add(b).intoArray(y, to + yRow);
        s0 = lastTwo(m, at + mStep, mStep);
        s1 = lastTwo(m, at + 5 * mStep, mStep);
        s2 = lastTwo(m, at + 9 * mStep, mStep);
        s3 = lastTwo(m, at + 13 * mStep, mStep);
        s0.add(s1).add(s2).add(b).intoArray(y, to + channels);
        s1.sub(s2).sub(s3).add(b).intoArray(y, to + yRow + channels);
      }
    }
  }

  private static FloatVector three(float[] m, int at, int step) {
    return FloatVector.fromArray(S, m, at)
        .add(FloatVector.fromArray(S, m, at + step))
        .add(FloatVector.fromArray(S, m, at + 2 * step));
  }

  private static FloatVector lastTwo(float[] m, int at, int step) {
    return FloatVector.fromArray(S, m, at)
        .sub(FloatVector.fromArray(S, m, at + step))
        .sub(FloatVector.fromArray(S, m, at + 2 * step));
  }

  static void outputBack(
      int squares,
      int channels,
      float[] dy,
      int dyStart,
      int dyRow,
      float[] d,
      int dStart,
      int dStep) {
    for (int i = 0; i < squares; i++) {
      for (int c = 0; c < channels; c += L) {
        int from = Math.min(c, channels - L);
        int at = dyStart + 2 * i * channels + from;
        int to = dStart + i * channels + from;
        FloatVector a0 = FloatVector.fromArray(S, dy, at);
        FloatVector b0 = FloatVector.fromArray(S, dy, at + channels);
        FloatVector a1 = FloatVector.fromArray(S, dy, at + dyRow);
        FloatVector b1 = FloatVector.fromArray(S, dy, at + dyRow + channels);
        column(a0, a1, d, to, dStep);
        column(a0.add(b0), a1.add(b1), d, to + dStep, dStep);
        column(a0.sub(b0), a1.sub(b1), d, to + 2 * dStep, dStep);
        column(b0.neg(), b1.neg(), d, to + 3 * dStep, dStep);
      }
    }
  }

  private static void column(FloatVector e0, FloatVector e1, float[] d, int to, int step) {
    e0.intoArray(d, to);
    e0.add(e1).intoArray(d, to + 4 * step);
    e0.sub(e1).intoArray(d, to + 8 * step);
    e1.neg().intoArray(d, to + 12 * step);
  }
}
