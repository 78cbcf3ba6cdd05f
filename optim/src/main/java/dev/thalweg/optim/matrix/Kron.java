package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Philox;
import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A gradient between the products of two triangular factors, L and R, which are fitted on line so
/// that what comes out is white: with A = L G Rᵀ and B = L⁻ᵀ V R⁻¹, V of normal numbers, L goes
/// against triu(AAᵀ − BBᵀ) L and R against triu(AᵀA − BᵀB) R. A side of one or too many numbers,
/// and a vector, has a diagonal. Li 2018, arXiv 1512.04202, of the form of `timm`.
final class Kron implements ArrayPass {
  /// What keeps a quotient finite: the least number of bfloat16.
  private static final double TINY = 0x1p-126;

  private final Matrix x;
  private final long first;
  private final boolean isVector;
  private final Kept left;
  private final Kept right;

  /// How many steps the factors have stayed as they are.
  private final Kept waited;

  /// @param numbers see [#run]
  Kron(Values values, long first, double[] numbers) {
    x = Matrix.of(values);
    this.first = first;
    isVector = values.dimensions().length < 2;
    left = factor(values, isVector ? 1 : x.rows(), numbers[1]);
    right = factor(values, x.columns(), isVector ? 0 : numbers[1]);
    waited = new Kept(values.dtype());
  }

  /// The identity: a square, or its diagonal.
  private static Kept factor(Values values, int size, double most) {
    boolean diagonal = size == 1 || size > most;
    Kept kept = diagonal ? new Kept(values.dtype(), size) : new Kept(values.dtype(), size, size);
    for (int i = 0; i < size; i++) {
      kept.set(diagonal ? i : i * size + i, 1);
    }
    return kept;
  }

  @Override
  public SequencedMap<String, Values> state() {
    var state = new LinkedHashMap<String, Values>();
    if (!isVector) {
      state.put("left", left);
    }
    state.put("right", right);
    state.put("waited", waited);
    return Collections.unmodifiableSequencedMap(state);
  }

  /// @param numbers the rate of the factors, up to how many numbers a side has a triangle, the
  ///   share of the steps at which they are fitted or 0 for one that falls, every how many steps
  ///   they are balanced, the seed, t
  @Override
  public void run(double[] numbers) {
    double t = numbers[5];
    double share =
        numbers[2] > 0 ? numbers[2] : Math.clamp(StrictMath.exp(-0.001 * (t - 1 - 500)), 0.03, 1);
    waited.set(0, waited.at(0) + 1);
    boolean due = waited.at(0) >= 1 / share;
    double[][] g = x.toDoubles();
    if (due) {
      waited.set(0, 0);
      if (!isVector && t % numbers[3] == 0) {
        balance();
      }
      fit(g, numbers[0], Philox.of((long) numbers[4], (long) t));
    }
    double[][] made = isVector ? g : across(left, across(left, g, false), true);
    made = transposed(made);
    made = transposed(across(right, across(right, made, false), true));
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        x.set(i, j, made[i][j]);
      }
    }
  }

  private void fit(double[][] g, double rate, Philox random) {
    int rows = x.rows();
    int columns = x.columns();
    double[][] a = isVector ? g : across(left, g, false);
    a = transposed(across(right, transposed(a), false));
    double[][] b = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        b[i][j] = random.normal(first + (long) i * columns + j);
      }
    }
    if (!isVector) {
      solve(left, b);
    }
    b = transposed(b);
    solve(right, b);
    double[][] at = transposed(a);
    double[][] bt = b;
    b = transposed(b);
    if (!isVector) {
      step(left, a, b, rate);
    }
    step(right, at, bt, rate);
  }

  /// Q x, or Qᵀ x.
  private static double[][] across(Kept q, double[][] x, boolean transpose) {
    int n = x.length;
    int columns = n == 0 ? 0 : x[0].length;
    double[][] y = new double[n][columns];
    if (q.size() == n) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < columns; j++) {
          y[i][j] = q.at(i) * x[i][j];
        }
      }
      return y;
    }
    for (int i = 0; i < n; i++) {
      for (int k = transpose ? 0 : i; k < (transpose ? i + 1 : n); k++) {
        double factor = transpose ? q.at(k * n + i) : q.at(i * n + k);
        for (int j = 0; j < columns; j++) {
          y[i][j] += factor * x[k][j];
        }
      }
    }
    return y;
  }

  /// x ← Q⁻ᵀ x: from the first row on, as Qᵀ is a lower triangle.
  private static void solve(Kept q, double[][] x) {
    int n = x.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < x[i].length; j++) {
        double sum = x[i][j];
        for (int k = 0; k < i && q.size() > n; k++) {
          sum -= q.at(k * n + i) * x[k][j];
        }
        x[i][j] = sum / (q.size() > n ? q.at(i * n + i) : q.at(i));
      }
    }
  }

  /// Q ← Q − rate · triu(aaᵀ − bbᵀ) Q / ‖aaᵀ + bbᵀ‖, the norm a lower bound of the largest singular
  /// value.
  private static void step(Kept q, double[][] a, double[][] b, double rate) {
    int n = a.length;
    if (q.size() == n) {
      double largest = 0;
      double[] difference = new double[n];
      for (int i = 0; i < n; i++) {
        double one = dot(a[i], a[i]);
        double other = dot(b[i], b[i]);
        difference[i] = one - other;
        largest = Math.max(largest, Math.abs(one + other));
      }
      for (int i = 0; i < n; i++) {
        q.set(i, q.at(i) - rate * difference[i] * q.at(i) / (largest + TINY));
      }
      return;
    }
    double[][] sum = new double[n][n];
    double[][] triangle = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double one = dot(a[i], a[j]);
        double other = dot(b[i], b[j]);
        sum[i][j] = one + other;
        triangle[i][j] = j < i ? 0 : one - other;
      }
    }
    double norm = lowerBound(sum) + TINY;
    double[][] moved = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = i; k < n; k++) {
        double factor = rate * triangle[i][k] / norm;
        for (int j = k; j < n; j++) {
          moved[i][j] += factor * q.at(k * n + j);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        q.set(i * n + j, q.at(i * n + j) - moved[i][j]);
      }
    }
  }

  /// A lower bound of the largest singular value of a symmetric matrix: one power iteration from
  /// its longest column.
  private static double lowerBound(double[][] s) {
    int n = s.length;
    double largest = 0;
    for (double[] row : s) {
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    if (!(largest > 0)) {
      return largest;
    }
    int longest = 0;
    double most = -1;
    for (int i = 0; i < n; i++) {
      double square = 0;
      for (double value : s[i]) {
        square += value / largest * (value / largest);
      }
      if (square > most) {
        most = square;
        longest = i;
      }
    }
    double[] once = times(s, s[longest], largest * largest);
    double length = Math.sqrt(dot(once, once));
    double[] twice = times(s, once, largest * length);
    return largest * Math.sqrt(dot(twice, twice));
  }

  /// S v / by
  private static double[] times(double[][] s, double[] v, double by) {
    double[] product = new double[s.length];
    for (int i = 0; i < s.length; i++) {
      product[i] = dot(s[i], v) / by;
    }
    return product;
  }

  /// Both factors with the geometric mean of their largest numbers.
  private void balance() {
    double one = largest(left);
    double other = largest(right);
    double mean = Math.sqrt(one * other);
    scale(left, mean / one);
    scale(right, mean / other);
  }

  private static double largest(Kept kept) {
    double largest = 0;
    for (int i = 0; i < kept.size(); i++) {
      largest = Math.max(largest, Math.abs(kept.at(i)));
    }
    return largest;
  }

  private static void scale(Kept kept, double by) {
    for (int i = 0; i < kept.size(); i++) {
      kept.set(i, kept.at(i) * by);
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[][] transposed(double[][] x) {
    int columns = x.length == 0 ? 0 : x[0].length;
    double[][] t = new double[columns][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < columns; j++) {
        t[j][i] = x[i][j];
      }
    }
    return t;
  }
}
