package dev.thalweg.optim.minimize;

/// Sums over vectors, each in the order of the numbers.
final class Vectors {
  private Vectors() {}

  /// xᵀy
  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /// Σ|x|
  static double sumOfMagnitudes(double[] x) {
    double sum = 0;
    for (double number : x) {
      sum += Math.abs(number);
    }
    return sum;
  }

  /// max|x|
  static double largest(double[] x) {
    double largest = 0;
    for (double number : x) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }

  /// x + ty
  static double[] along(double[] x, double t, double[] y) {
    double[] sum = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      sum[i] = x[i] + t * y[i];
    }
    return sum;
  }

  /// tx
  static double[] times(double t, double[] x) {
    double[] product = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      product[i] = t * x[i];
    }
    return product;
  }

  /// y ← y + tx
  static void add(double t, double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] += t * x[i];
    }
  }
}
