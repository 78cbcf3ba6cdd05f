package dev.thalweg.optim.matrix;

/// Functions of symmetric matrices, and orthonormal bases.
final class Roots {
  private Roots() {}

  /// (scale A + εI)^exponent of a symmetric matrix, whose eigenvalues are not negative but for
  /// rounding.
  static void power(Matrix a, double scale, double epsilon, double exponent, Matrix into) {
    SymmetricEigen eigen = SymmetricEigen.of(a.toDoubles());
    double[] values = eigen.values();
    double[][] vectors = eigen.vectors();
    int n = values.length;
    for (int k = 0; k < n; k++) {
      values[k] = StrictMath.pow(Math.max(values[k] * scale, 0) + epsilon, exponent);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += vectors[i][k] * values[k] * vectors[j][k];
        }
        into.set(i, j, sum);
      }
    }
  }

  /// The eigenvectors of a symmetric matrix as columns, that of the largest value first.
  static double[][] eigenvectors(double[][] a) {
    double[][] vectors = SymmetricEigen.of(a).vectors();
    int n = vectors.length;
    double[][] falling = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        falling[i][k] = vectors[i][n - 1 - k];
      }
    }
    return falling;
  }

  /// An orthonormal basis of the columns of a matrix that is not wide, in their order: Q of A = QR,
  /// by Householder's reflections. It is whole where the columns depend on each other, too.
  static double[][] orthonormal(double[][] a) {
    int rows = a.length;
    int columns = rows == 0 ? 0 : a[0].length;
    double[][] r = new double[rows][];
    for (int i = 0; i < rows; i++) {
      r[i] = a[i].clone();
    }
    double[][] reflections = new double[columns][rows];
    for (int k = 0; k < columns; k++) {
      double[] v = reflections[k];
      double norm = 0;
      for (int i = k; i < rows; i++) {
        v[i] = r[i][k];
        norm = Math.hypot(norm, v[i]);
      }
      v[k] += v[k] < 0 ? -norm : norm;
      double length = 0;
      for (int i = k; i < rows; i++) {
        length = Math.hypot(length, v[i]);
      }
      for (int i = k; i < rows && length > 0; i++) {
        v[i] /= length;
      }
      reflect(v, k, r, k);
    }
    double[][] q = new double[rows][columns];
    for (int k = 0; k < columns; k++) {
      q[k][k] = 1;
    }
    for (int k = columns - 1; k >= 0; k--) {
      reflect(reflections[k], k, q, 0);
    }
    return q;
  }

  /// x ← (I − 2vvᵀ) x, from a row and a column on.
  private static void reflect(double[] v, int row, double[][] x, int column) {
    for (int j = column; j < x[0].length; j++) {
      double along = 0;
      for (int i = row; i < x.length; i++) {
        along += v[i] * x[i][j];
      }
      for (int i = row; i < x.length; i++) {
        x[i][j] -= 2 * along * v[i];
      }
    }
  }
}
