package dev.thalweg.optim.minimize;

/// The step d that makes ‖Jd + r‖² + μ‖d‖² least, by Householder's reflections of J over √μ I: no
/// product JᵀJ, which would square the condition. Golub 1965.
final class LeastSquares {
  private LeastSquares() {}

  /// @param damping μ, not negative
  /// @return d; where a column depends on those before it, with 0 there
  static double[] step(double[][] jacobian, double[] residuals, double damping) {
    int n = jacobian.length == 0 ? 0 : jacobian[0].length;
    int m = residuals.length + (damping > 0 ? n : 0);
    double[][] a = new double[m][];
    double[] b = new double[m];
    for (int i = 0; i < residuals.length; i++) {
      a[i] = jacobian[i].clone();
      b[i] = -residuals[i];
    }
    for (int i = residuals.length; i < m; i++) {
      a[i] = new double[n];
      a[i][i - residuals.length] = Math.sqrt(damping);
    }
    double[] sizes = new double[n];
    for (int k = 0; k < n; k++) {
      sizes[k] = length(a, k, 0);
    }
    for (int k = 0; k < Math.min(n, m); k++) {
      reflect(a, b, k, n);
    }
    double[] d = new double[n];
    for (int k = Math.min(n, m) - 1; k >= 0; k--) {
      double sum = b[k];
      for (int j = k + 1; j < n; j++) {
        sum -= a[k][j] * d[j];
      }
      d[k] = Math.abs(a[k][k]) > 1e-14 * sizes[k] ? sum / a[k][k] : 0;
    }
    return d;
  }

  /// Makes all below the diagonal of a column 0.
  private static void reflect(double[][] a, double[] b, int k, int n) {
    double length = length(a, k, k);
    if (length == 0) {
      return;
    }
    double alpha = a[k][k] > 0 ? -length : length;
    double[] v = new double[a.length];
    double square = 0;
    for (int i = k; i < a.length; i++) {
      v[i] = a[i][k] - (i == k ? alpha : 0);
      square += v[i] * v[i];
    }
    for (int j = k; j < n; j++) {
      double sum = 0;
      for (int i = k; i < a.length; i++) {
        sum += v[i] * a[i][j];
      }
      for (int i = k; i < a.length; i++) {
        a[i][j] -= 2 * sum / square * v[i];
      }
    }
    double sum = 0;
    for (int i = k; i < a.length; i++) {
      sum += v[i] * b[i];
    }
    for (int i = k; i < a.length; i++) {
      b[i] -= 2 * sum / square * v[i];
    }
  }

  private static double length(double[][] a, int column, int from) {
    double square = 0;
    for (int i = from; i < a.length; i++) {
      square += a[i][column] * a[i][column];
    }
    return Math.sqrt(square);
  }
}
