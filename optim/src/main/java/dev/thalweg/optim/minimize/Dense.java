package dev.thalweg.optim.minimize;

import org.jspecify.annotations.Nullable;

/// Small systems of equations.
final class Dense {
  private Dense() {}

  /// x of Ax = b, by elimination with the largest pivot of each column; null where A is singular.
  static double @Nullable [] solved(double[][] matrix, double[] b) {
    int n = b.length;
    double[][] a = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
    }
    double[] x = b.clone();
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
      }
      if (!(Math.abs(a[pivot][k]) > 0) || !Double.isFinite(a[pivot][k])) {
        return null;
      }
      double[] row = a[k];
      a[k] = a[pivot];
      a[pivot] = row;
      double number = x[k];
      x[k] = x[pivot];
      x[pivot] = number;
      for (int i = k + 1; i < n; i++) {
        double factor = a[i][k] / a[k][k];
        for (int j = k; j < n; j++) {
          a[i][j] -= factor * a[k][j];
        }
        x[i] -= factor * x[k];
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      for (int j = k + 1; j < n; j++) {
        x[k] -= a[k][j] * x[j];
      }
      x[k] /= a[k][k];
    }
    return x;
  }
}
