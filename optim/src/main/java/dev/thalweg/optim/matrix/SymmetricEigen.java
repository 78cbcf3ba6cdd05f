package dev.thalweg.optim.matrix;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations: each makes one entry
/// beside the diagonal 0, and what is left of these shrinks quadratically. Eigenvalues are right to
/// some 1e-15 of the largest (Golub and Van Loan, Matrix Computations, section 8.5).
public final class SymmetricEigen {

  private static final int MOST_SWEEPS = 60;

  private final double[] values;
  private final double[][] vectors;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /// The smallest first; not copied.
  public double[] values() {
    return values;
  }

  /// The k-th column belongs to the k-th value; they are orthonormal. Not copied.
  public double[][] vectors() {
    return vectors;
  }

  /// Of a symmetric matrix of finite numbers, which is not changed.
  public static SymmetricEigen of(double[][] matrix) {
    int n = matrix.length;
    double largest = 0;
    for (double[] row : matrix) {
      for (double entry : row) {
        largest = Math.max(largest, Math.abs(entry));
      }
    }
    // Squares of what is very large or small are not finite, or 0.
    double scale = largest == 0 ? 1 : largest;
    double[][] a = new double[n][n];
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
      for (int j = 0; j < n; j++) {
        a[i][j] = (matrix[i][j] / 2 + matrix[j][i] / 2) / scale;
      }
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(a); sweep++) {
      for (int p = 0; p < n - 1; p++) {
        for (int q = p + 1; q < n; q++) {
          if (a[p][q] != 0) {
            rotate(a, v, p, q);
          }
        }
      }
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> a[i][i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = Arrays.stream(order).mapToDouble(i -> a[i][i] * scale).toArray();
    double[][] vectors = new double[n][n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        vectors[i][k] = v[i][order[k]];
      }
    }
    return new SymmetricEigen(values, vectors);
  }

  private static boolean isDiagonal(double[][] a) {
    double beside = 0;
    for (int p = 0; p < a.length; p++) {
      for (int q = p + 1; q < a.length; q++) {
        beside += a[p][q] * a[p][q];
      }
    }
    return beside <= 1e-34;
  }

  /// Makes a(p, q) 0: tan 2θ = 2 a(p, q) / (a(q, q) − a(p, p)), θ at most 45°.
  private static void rotate(double[][] a, double[][] v, int p, int q) {
    double ratio = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t =
        Double.isInfinite(ratio * ratio)
            ? 1 / (2 * ratio)
            : Math.copySign(1, ratio) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double x = a[k][p];
      double y = a[k][q];
      a[k][p] = c * x - s * y;
      a[k][q] = s * x + c * y;
    }
    for (int k = 0; k < a.length; k++) {
      double x = a[p][k];
      double y = a[q][k];
      a[p][k] = c * x - s * y;
      a[q][k] = s * x + c * y;
    }
    a[p][q] = 0;
    a[q][p] = 0;
    for (double[] row : v) {
      double x = row[p];
      double y = row[q];
      row[p] = c * x - s * y;
      row[q] = s * x + c * y;
    }
  }

  /// H⁻¹ b, for eigenvalues that are not 0.
  public double[] solve(double[] b) {
    double[] x = new double[b.length];
    for (int k = 0; k < values.length; k++) {
      double along = 0;
      for (int i = 0; i < b.length; i++) {
        along += vectors[i][k] * b[i];
      }
      for (int i = 0; i < b.length; i++) {
        x[i] += vectors[i][k] * (along / values[k]);
      }
    }
    return x;
  }
}
