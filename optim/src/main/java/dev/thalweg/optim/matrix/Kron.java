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
  /// Rows that are made at once.
  private static final int BLOCK = 4;

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
    double[][] factors = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = i; k < n; k++) {
        factors[transpose ? k : i][transpose ? i : k] = q.at(i * n + k);
      }
    }
    for (int i = 0; i < n; i += BLOCK) {
      int end = Math.min(n, i + BLOCK);
      if (transpose) {
        add(y, i, end, factors, x, 0, i, false);
      }
      for (int row = i; row < end; row++) {
        add(y, row, row + 1, factors, x, transpose ? i : row, transpose ? row + 1 : end, false);
      }
      if (!transpose) {
        add(y, i, end, factors, x, end, n, false);
      }
    }
    return y;
  }

  /// x ← Q⁻ᵀ x: from the first row on, as Qᵀ is a lower triangle.
  private static void solve(Kept q, double[][] x) {
    int n = x.length;
    boolean triangle = q.size() > n;
    double[][] factors = new double[triangle ? n : 0][n];
    for (int i = 0; i < factors.length; i++) {
      for (int k = 0; k <= i; k++) {
        factors[i][k] = -q.at(k * n + i);
      }
    }
    for (int i = 0; i < n; i += BLOCK) {
      int end = Math.min(n, i + BLOCK);
      if (triangle) {
        add(x, i, end, factors, x, 0, i, false);
      }
      for (int row = i; row < end; row++) {
        if (triangle) {
          add(x, row, row + 1, factors, x, i, row, false);
        }
        double diagonal = triangle ? q.at(row * n + row) : q.at(row);
        for (int j = 0; j < x[row].length; j++) {
          x[row][j] /= diagonal;
        }
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
    double[][] sum = bySelf(a);
    double[][] triangle = bySelf(b);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double one = sum[i][j];
        double other = triangle[i][j];
        sum[i][j] = one + other;
        triangle[i][j] = j < i ? 0 : one - other;
      }
    }
    double norm = lowerBound(sum) + TINY;
    double[][] moved = new double[n][n];
    double[][] factor = new double[n][n];
    for (int k = 0; k < n; k++) {
      for (int j = k; j < n; j++) {
        factor[k][j] = q.at(k * n + j);
        triangle[k][j] = rate * triangle[k][j] / norm;
      }
    }
    for (int i = 0; i < n; i += BLOCK) {
      int end = Math.min(n, i + BLOCK);
      for (int row = i; row < end; row++) {
        add(moved, row, row + 1, triangle, factor, row, end, true);
      }
      add(moved, i, end, triangle, factor, end, n, true);
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

  /// aaᵀ, row by row, so that each sum is that of [#dot].
  private static double[][] bySelf(double[][] a) {
    double[][] t = transposed(a);
    double[][] product = new double[a.length][a.length];
    for (int i = 0; i < a.length; i += BLOCK) {
      add(product, i, Math.min(a.length, i + BLOCK), a, t, 0, t.length, false);
    }
    return product;
  }

  /// Adds to each of some rows of y a factor times each of some rows of x, in their order; rows of
  /// x are read once for four rows of y.
  ///
  /// @param triangle whether row k of x begins at k
  private static void add(
      double[][] y,
      int first,
      int last,
      double[][] factors,
      double[][] x,
      int from,
      int to,
      boolean triangle) {
    for (int k = from; k < to; k++) {
      int begin = triangle ? k : 0;
      if (last - first == BLOCK) {
        add4(y, first, factors, k, x[k], begin);
      } else {
        for (int i = first; i < last; i++) {
          double factor = factors[i][k];
          for (int j = begin; j < x[k].length; j++) {
            y[i][j] += factor * x[k][j];
          }
        }
      }
    }
  }

  private static void add4(double[][] y, int i, double[][] factors, int k, double[] x, int begin) {
    double[] y0 = y[i];
    double[] y1 = y[i + 1];
    double[] y2 = y[i + 2];
    double[] y3 = y[i + 3];
    double f0 = factors[i][k];
    double f1 = factors[i + 1][k];
    double f2 = factors[i + 2][k];
    double f3 = factors[i + 3][k];
    for (int j = begin; j < x.length; j++) {
      double one = x[j];
      y0[j] += f0 * one;
      y1[j] += f1 * one;
      y2[j] += f2 * one;
      y3[j] += f3 * one;
    }
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
