package dev.thalweg.bench;

/// AdamW as Java, compiled by javac with the project: arrays p, g, m, v; scalars as in the text.
final class AdamWLoop implements Loop {

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
}
