package dev.thalweg.bench;

import dev.thalweg.kernels.loop.FusedLoop;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// AdamW in F32 as one would write it on the Vector API, with the bits of [AdamWByHand].
final class AdamWVectors implements FusedLoop {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private final AdamWByHand rest = new AdamWByHand();

  @Override
  public void run(float[][] arrays, float[] scalars, int from, int to) {
    float[] p = arrays[0];
    float[] g = arrays[1];
    float[] m = arrays[2];
    float[] v = arrays[3];
    float c1 = scalars[0];
    float c2 = scalars[1];
    float rate = scalars[2];
    float root = scalars[3];
    float epsilon = scalars[4];
    float decay = scalars[5];
    int i = from;
    for (; i + S.length() <= to; i += S.length()) {
      FloatVector x = FloatVector.fromArray(S, g, i);
      FloatVector mean = FloatVector.fromArray(S, m, i);
      FloatVector square = FloatVector.fromArray(S, v, i);
      FloatVector old = FloatVector.fromArray(S, p, i);
      mean = mean.add(x.sub(mean).mul(c1));
      square = square.add(x.mul(x).sub(square).mul(c2));
      FloatVector step = mean.mul(rate).div(square.sqrt().mul(root).add(epsilon));
      mean.intoArray(m, i);
      square.intoArray(v, i);
      old.sub(step.add(old.mul(decay))).intoArray(p, i);
    }
    rest.run(arrays, scalars, i, to);
  }

  @Override
  public void run(double[][] arrays, double[] scalars, int from, int to) {
    rest.run(arrays, scalars, from, to);
  }
}
