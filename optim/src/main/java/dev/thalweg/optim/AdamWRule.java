package dev.thalweg.optim;

import java.util.List;

/// AdamW in the order computed, per step t = 1, 2, … in double:
///
/// a = α / (1 − β₁ᵗ); r = 1 / √(1 − β₂ᵗ); d = αλ
///
/// and per element, with c₁ = 1 − β₁ and c₂ = 1 − β₂:
///
/// m ← m + (g − m) c₁; v ← v + (g g − v) c₂; p ← p − (a m / (√v r + ε) + d p)
///
/// The decay is subtracted, not multiplied as p (1 − d): 1 − d rounded to float is off by up to
/// 3e-8 at every step in the same direction, as much as the decay itself where d is that small.
/// Otherwise as in [AdamRule].
record AdamWRule(AdamW adamw) implements UpdateRule {
  @Override
  public List<String> slots() {
    return List.of("m", "v");
  }

  @Override
  public int scalarCount() {
    return 6;
  }

  @Override
  public void scalars(long step, double[] scalars) {
    double t = step + 1.0;
    double beta1 = adamw.beta1().at(step);
    double beta2 = adamw.beta2().at(step);
    scalars[0] = 1 - beta1;
    scalars[1] = 1 - beta2;
    scalars[2] = adamw.learningRate().at(step) / (1 - StrictMath.pow(beta1, t));
    scalars[3] = 1 / Math.sqrt(1 - StrictMath.pow(beta2, t));
    scalars[4] = adamw.epsilon().at(step);
    scalars[5] = adamw.learningRate().at(step) * adamw.weightDecay().at(step);
  }

  @Override
  public void update(float[] p, float[] g, float[][] slots, float[] scalars, int from, int to) {
    float[] m = slots[0];
    float[] v = slots[1];
    float c1 = scalars[0];
    float c2 = scalars[1];
    float rate = scalars[2];
    float root = scalars[3];
    float epsilon = Math.max(scalars[4], Float.MIN_NORMAL);
    float decay = scalars[5];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float mean = m[i] + (x - m[i]) * c1;
      float square = v[i] + (x * x - v[i]) * c2;
      p[i] = p[i] - (rate * mean / ((float) Math.sqrt(square) * root + epsilon) + decay * p[i]);
      m[i] = mean;
      v[i] = square;
    }
  }

  @Override
  public void update(double[] p, double[] g, double[][] slots, double[] scalars, int from, int to) {
    double[] m = slots[0];
    double[] v = slots[1];
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
      p[i] = p[i] - (rate * mean / (Math.sqrt(square) * root + epsilon) + decay * p[i]);
      m[i] = mean;
      v[i] = square;
    }
  }
}
