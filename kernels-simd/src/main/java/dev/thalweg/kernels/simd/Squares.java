package dev.thalweg.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The linear maps of Winograd's F(2×2, 3×3), channels across the lanes; the last vector of a pixel
/// may overlap the one before. Row by row, each number read once, in an order that needs few
/// registers: what is left of the time is reads, writes and the checks of their bounds.
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
        int p = xStart + 2 * i * channels + from;
        int to = vStart + i * channels + from;
        FloatVector x0 = FloatVector.fromArray(S, x, p);
        FloatVector x1 = FloatVector.fromArray(S, x, p + channels);
        FloatVector x2 = FloatVector.fromArray(S, x, p + 2 * channels);
        FloatVector x3 = FloatVector.fromArray(S, x, p + 3 * channels);
        FloatVector a0 = x0.sub(x2);
        FloatVector a1 = x1.add(x2);
        FloatVector a2 = x2.sub(x1);
        FloatVector a3 = x1.sub(x3);
        p += 2 * xRow;
        x0 = FloatVector.fromArray(S, x, p);
        x1 = FloatVector.fromArray(S, x, p + channels);
        x2 = FloatVector.fromArray(S, x, p + 2 * channels);
        x3 = FloatVector.fromArray(S, x, p + 3 * channels);
        FloatVector c0 = x0.sub(x2);
        FloatVector c1 = x1.add(x2);
        FloatVector c2 = x2.sub(x1);
        FloatVector c3 = x1.sub(x3);
        a0.sub(c0).intoArray(v, to);
        a1.sub(c1).intoArray(v, to + vStep);
        a2.sub(c2).intoArray(v, to + 2 * vStep);
        a3.sub(c3).intoArray(v, to + 3 * vStep);
        p -= xRow;
        to += 4 * vStep;
        x0 = FloatVector.fromArray(S, x, p);
        x1 = FloatVector.fromArray(S, x, p + channels);
        x2 = FloatVector.fromArray(S, x, p + 2 * channels);
        x3 = FloatVector.fromArray(S, x, p + 3 * channels);
        a0 = x0.sub(x2);
        a1 = x1.add(x2);
        a2 = x2.sub(x1);
        a3 = x1.sub(x3);
        a0.add(c0).intoArray(v, to);
        a1.add(c1).intoArray(v, to + vStep);
        a2.add(c2).intoArray(v, to + 2 * vStep);
        a3.add(c3).intoArray(v, to + 3 * vStep);
        to += 4 * vStep;
        c0.sub(a0).intoArray(v, to);
        c1.sub(a1).intoArray(v, to + vStep);
        c2.sub(a2).intoArray(v, to + 2 * vStep);
        c3.sub(a3).intoArray(v, to + 3 * vStep);
        p += 2 * xRow;
        to += 4 * vStep;
        x0 = FloatVector.fromArray(S, x, p);
        x1 = FloatVector.fromArray(S, x, p + channels);
        x2 = FloatVector.fromArray(S, x, p + 2 * channels);
        x3 = FloatVector.fromArray(S, x, p + 3 * channels);
        a0.sub(x0.sub(x2)).intoArray(v, to);
        a1.sub(x1.add(x2)).intoArray(v, to + vStep);
        a2.sub(x2.sub(x1)).intoArray(v, to + 2 * vStep);
        a3.sub(x1.sub(x3)).intoArray(v, to + 3 * vStep);
      }
    }
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
        FloatVector m1 = FloatVector.fromArray(S, m, at + mStep);
        FloatVector m2 = FloatVector.fromArray(S, m, at + 2 * mStep);
        FloatVector s0 = FloatVector.fromArray(S, m, at).add(m1).add(m2);
        FloatVector t0 = m1.sub(m2).sub(FloatVector.fromArray(S, m, at + 3 * mStep));
        at += 4 * mStep;
        m1 = FloatVector.fromArray(S, m, at + mStep);
        m2 = FloatVector.fromArray(S, m, at + 2 * mStep);
        FloatVector s1 = FloatVector.fromArray(S, m, at).add(m1).add(m2);
        FloatVector t1 = m1.sub(m2).sub(FloatVector.fromArray(S, m, at + 3 * mStep));
        at += 4 * mStep;
        m1 = FloatVector.fromArray(S, m, at + mStep);
        m2 = FloatVector.fromArray(S, m, at + 2 * mStep);
        FloatVector s2 = FloatVector.fromArray(S, m, at).add(m1).add(m2);
        FloatVector t2 = m1.sub(m2).sub(FloatVector.fromArray(S, m, at + 3 * mStep));
        s0.add(s1).add(s2).add(b).intoArray(y, to);
        t0.add(t1).add(t2).add(b).intoArray(y, to + channels);
        at += 4 * mStep;
        m1 = FloatVector.fromArray(S, m, at + mStep);
        m2 = FloatVector.fromArray(S, m, at + 2 * mStep);
        FloatVector s3 = FloatVector.fromArray(S, m, at).add(m1).add(m2);
        FloatVector t3 = m1.sub(m2).sub(FloatVector.fromArray(S, m, at + 3 * mStep));
        s1.sub(s2).sub(s3).add(b).intoArray(y, to + yRow);
        t1.sub(t2).sub(t3).add(b).intoArray(y, to + yRow + channels);
      }
    }
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
