package dev.thalweg.bench;

import dev.thalweg.kernels.loop.FusedLoop;

/// AdamW as one would write it in Java: arrays p, g, m, v; scalars as in the text.
final class AdamWByHand implements FusedLoop {

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
    for (int i = from; i < to; i++) {
      float x = g[i];
      float mean = m[i] + (x - m[i]) * c1;
      float square = v[i] + (x * x - v[i]) * c2;
      float old = p[i];
      float step = rate * mean / ((float) Math.sqrt(square) * root + epsilon) + decay * old;
      m[i] = mean;
      v[i] = square;
      p[i] = old - step;
    }
  }

  @Override
  public void run(double[][] arrays, double[] scalars, int from, int to) {
    double[] p = arrays[0];
    double[] g = arrays[1];
    double[] m = arrays[2];
    double[] v = arrays[3];
    double c1 = scalars[0];
    double c2 = scalars[1];
    double rate = scalars[2];
    double root = scalars[3];
    double epsilon = scalars[4];
    double decay = scalars[5];
    for (int i = from; i < to; i++) {
      double x = g[i];
      double mean = m[i] + (x - m[i]) * c1;
      double square = v[i] + (x * x - v[i]) * c2;
      double old = p[i];
      double step = rate * mean / (Math.sqrt(square) * root + epsilon) + decay * old;
      m[i] = mean;
      v[i] = square;
      p[i] = old - step;
    }
  }
}
