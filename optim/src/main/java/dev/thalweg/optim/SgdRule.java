package dev.thalweg.optim;

import java.util.List;

/// p ← p − α g
record SgdRule(Sgd sgd) implements UpdateRule {
  @Override
  public List<String> slots() {
    return List.of();
  }

  @Override
  public int scalarCount() {
    return 1;
  }

  @Override
  public void scalars(long step, double[] scalars) {
    scalars[0] = sgd.learningRate().at(step);
  }

  @Override
  public void update(float[] p, float[] g, float[][] slots, float[] scalars, int from, int to) {
    float rate = scalars[0];
    for (int i = from; i < to; i++) {
      p[i] = p[i] - rate * g[i];
    }
  }

  @Override
  public void update(double[] p, double[] g, double[][] slots, double[] scalars, int from, int to) {
    double rate = scalars[0];
    for (int i = from; i < to; i++) {
      p[i] = p[i] - rate * g[i];
    }
  }
}
