package dev.thalweg.train;

import dev.thalweg.kernels.Philox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The largest eigenvalue of a symmetric operator of which only products with vectors are known:
/// Lanczos 1950, with every vector made orthogonal to all before it (Golub & Van Loan, section
/// 10.3). The largest eigenvalue of the tridiagonal matrix, which is found by bisection (Sturm
/// sequences), is at most that of the operator, and comes close in few products where it stands
/// apart.
final class Lanczos {

  private static final double NOTHING = 1e-10;

  private Lanczos() {}

  /// @param size of the vectors
  /// @param product with a vector of length 1, which it may keep
  /// @param most products
  /// @param tolerance it ends when the value changes by a smaller share
  /// @param seed of the first vector
  static double largest(
      int size, UnaryOperator<double[]> product, int most, double tolerance, long seed) {
    Philox random = Philox.of(seed, 0x1a2c05);
    double[] v = new double[size];
    for (int i = 0; i < size; i++) {
      v[i] = random.uniform(i) - 0.5;
    }
    scale(v, 1 / norm(v));
    List<double[]> basis = new ArrayList<>();
    List<Double> diagonal = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    double value = Double.NaN;
    for (int k = 0; k < Math.min(most, size); k++) {
      basis.add(v);
      double[] w = product.apply(v).clone();
      diagonal.add(dot(w, v));
      for (int twice = 0; twice < 2; twice++) {
        for (double[] before : basis) {
          add(w, -dot(w, before), before);
        }
      }
      double next = largestOf(diagonal, beside);
      double length = norm(w);
      boolean done = Math.abs(next - value) <= tolerance * Math.abs(next);
      value = next;
      if (done || length <= NOTHING * Math.max(1, Math.abs(value))) {
        break;
      }
      beside.add(length);
      scale(w, 1 / length);
      v = w;
    }
    return value;
  }

  /// Of a symmetric tridiagonal matrix.
  private static double largestOf(List<Double> diagonal, List<Double> beside) {
    int n = diagonal.size();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) { // Gershgorin's circles
      double radius =
          (i > 0 ? Math.abs(beside.get(i - 1)) : 0) + (i < n - 1 ? Math.abs(beside.get(i)) : 0);
      low = Math.min(low, diagonal.get(i) - radius);
      high = Math.max(high, diagonal.get(i) + radius);
    }
    for (int i = 0; i < 100; i++) {
      double middle = low + (high - low) / 2;
      if (below(diagonal, beside, middle) < n) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low + (high - low) / 2;
  }

  /// How many eigenvalues are less.
  private static int below(List<Double> diagonal, List<Double> beside, double x) {
    int count = 0;
    double d = 1;
    for (int i = 0; i < diagonal.size(); i++) {
      double b = i == 0 ? 0 : beside.get(i - 1);
      d = diagonal.get(i) - x - b * b / d;
      if (d == 0) {
        d = Double.MIN_NORMAL;
      }
      count += d < 0 ? 1 : 0;
    }
    return count;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double... a) {
    return Math.sqrt(dot(a, a));
  }

  private static void scale(double[] a, double by) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= by;
    }
  }

  private static void add(double[] a, double by, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += by * b[i];
    }
  }
}
