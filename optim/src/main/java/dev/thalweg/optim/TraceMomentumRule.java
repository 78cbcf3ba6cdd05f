package dev.thalweg.optim;

import java.util.List;

/// v ← β v + g; p ← p − α v
record TraceMomentumRule(Momentum momentum) implements UpdateRule {
  @Override
  public List<String> slots() {
    return List.of("v");
  }

  @Override
  public int scalarCount() {
    return 2;
  }

  @Override
  public void scalars(long step, double[] scalars) {
    scalars[0] = momentum.learningRate().at(step);
    scalars[1] = momentum.momentum().at(step);
  }

  @Override
  public void update(float[] p, float[] g, float[][] slots, float[] scalars, int from, int to) {
    float[] v = slots[0];
    float rate = scalars[0];
    float beta = scalars[1];
    for (int i = from; i < to; i++) {
      float sum = beta * v[i] + g[i];
      v[i] = sum;
      p[i] = p[i] - rate * sum;
    }
  }

  @Override
  public void update(double[] p, double[] g, double[][] slots, double[] scalars, int from, int to) {
    double[] v = slots[0];
    double rate = scalars[0];
    double beta = scalars[1];
    for (int i = from; i < to; i++) {
      double sum = beta * v[i] + g[i];
      v[i] = sum;
      p[i] = p[i] - rate * sum;
    }
  }
}
