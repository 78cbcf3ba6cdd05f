package dev.thalweg.optim.minimize;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The least point of a quadratic model within bounds, as far as L-BFGS-B looks: the first local
/// minimum along the projected gradient (the generalized Cauchy point), then the least point over
/// the numbers that are at no bound there. Byrd, Lu, Nocedal & Zhu 1995, algorithms CP and the
/// direct primal method.
///
/// The model's Hessian is θI − WMWᵀ.
final class Bounded {
  private final double low;
  private final double high;
  private final double[] x;
  private final double[] g;
  private final double theta;

  /// A row for each number: what the gradient changed by, then θ times the steps.
  private final double[][] w;

  /// M⁻¹
  private final double[][] inverse;

  /// WᵀΔ of the Cauchy point.
  private final double[] c;

  private final double[] cauchy;

  /// @param x between the bounds
  Bounded(double low, double high, double[] x, double[] g, History history) {
    this.low = low;
    this.high = high;
    this.x = x;
    this.g = g;
    int m = history.count();
    theta = 1 / history.scale();
    w = new double[x.length][2 * m];
    inverse = new double[2 * m][2 * m];
    c = new double[2 * m];
    cauchy = x.clone();
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < x.length; k++) {
        w[k][i] = history.change(i, k);
        w[k][m + i] = theta * history.step(i, k);
      }
      for (int j = 0; j < m; j++) {
        double sy = history.product(i, j);
        if (i == j) {
          inverse[i][i] = -sy;
        } else if (i > j) {
          inverse[m + i][j] = sy;
          inverse[j][m + i] = sy;
        }
        inverse[m + i][m + j] = theta * history.square(i, j);
      }
    }
  }

  /// The point that the next step goes towards; null where the model is singular.
  double @Nullable [] least() {
    return !goToCauchy() ? null : overFree();
  }

  /// Mv
  private double @Nullable [] middle(double[] v) {
    return v.length == 0 ? v : Dense.solved(inverse, v);
  }

  private boolean goToCauchy() {
    int n = x.length;
    double[] until = new double[n];
    double[] d = new double[n];
    for (int i = 0; i < n; i++) {
      until[i] =
          g[i] < 0
              ? (x[i] - high) / g[i]
              : g[i] > 0 ? (x[i] - low) / g[i] : Double.POSITIVE_INFINITY;
      d[i] = until[i] > 0 ? -g[i] : 0;
    }
    Integer[] order =
        IntStream.range(0, n)
            .filter(i -> until[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> until[i]).thenComparing(i -> i))
            .toArray(Integer[]::new);
    double[] p = new double[c.length];
    for (int i = 0; i < n; i++) {
      Vectors.add(d[i], w[i], p);
    }
    double slope = -Vectors.dot(d, d);
    double[] mp = middle(p);
    if (mp == null) {
      return false;
    }
    double whole = -theta * slope;
    double curvature = whole - Vectors.dot(p, mp);
    double best = slope == 0 ? 0 : -slope / curvature;
    double before = 0;
    for (int b : order) {
      double dt = until[b] - before;
      if (best < dt || Double.isInfinite(until[b])) {
        break;
      }
      cauchy[b] = d[b] > 0 ? high : low;
      double z = cauchy[b] - x[b];
      Vectors.add(dt, p, c);
      double[] mc = middle(c);
      double[] mb = middle(w[b]);
      mp = middle(p);
      if (mc == null || mb == null || mp == null) {
        return false;
      }
      slope += dt * curvature + g[b] * g[b] + theta * g[b] * z - g[b] * Vectors.dot(w[b], mc);
      curvature +=
          -theta * g[b] * g[b]
              - 2 * g[b] * Vectors.dot(w[b], mp)
              - g[b] * g[b] * Vectors.dot(w[b], mb);
      curvature = Math.max(Math.ulp(1.0) * whole, curvature);
      Vectors.add(g[b], w[b], p);
      d[b] = 0;
      best = -slope / curvature;
      before = until[b];
    }
    best = Math.max(best, 0);
    for (int i = 0; i < n; i++) {
      if (d[i] != 0) {
        cauchy[i] = Math.clamp(x[i] + (before + best) * d[i], low, high);
      }
    }
    Vectors.add(best, p, c);
    return true;
  }

  private double @Nullable [] overFree() {
    int n = x.length;
    double[] mc = middle(c);
    if (mc == null) {
      return null;
    }
    boolean[] free = new boolean[n];
    double[] r = new double[n];
    double[] v = new double[c.length];
    for (int i = 0; i < n; i++) {
      free[i] = cauchy[i] > low && cauchy[i] < high;
      if (free[i]) {
        r[i] = g[i] + theta * (cauchy[i] - x[i]) - Vectors.dot(w[i], mc);
        Vectors.add(r[i], w[i], v);
      }
    }
    // (M⁻¹ − WᵀW/θ over the free ones) u = Wᵀr
    double[][] system = new double[c.length][];
    for (int a = 0; a < c.length; a++) {
      system[a] = inverse[a].clone();
    }
    for (int i = 0; i < n; i++) {
      for (int a = 0; free[i] && a < c.length; a++) {
        for (int b = 0; b < c.length; b++) {
          system[a][b] -= w[i][a] * w[i][b] / theta;
        }
      }
    }
    double[] u = c.length == 0 ? v : Dense.solved(system, v);
    if (u == null) {
      return null;
    }
    double[] to = new double[n];
    double share = 1;
    for (int i = 0; i < n; i++) {
      if (!free[i]) {
        continue;
      }
      to[i] = -r[i] / theta - Vectors.dot(w[i], u) / (theta * theta);
      if (to[i] > 0) {
        share = Math.min(share, (high - cauchy[i]) / to[i]);
      } else if (to[i] < 0) {
        share = Math.min(share, (low - cauchy[i]) / to[i]);
      }
    }
    double[] point = cauchy.clone();
    for (int i = 0; i < n; i++) {
      if (free[i]) {
        point[i] = Math.clamp(cauchy[i] + share * to[i], low, high);
      }
    }
    return Arrays.stream(point).allMatch(Double::isFinite) ? point : null;
  }
}
