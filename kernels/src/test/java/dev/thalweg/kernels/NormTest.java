package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Normalisation beside its definition in double, and its gradients beside differences of that.
class NormTest {
  private static final double EPSILON = 1e-3;

  /// What each number of a matrix is normalised with.
  private interface Set {
    int of(int row, int column);
  }

  private static final class Problem {
    private final int rows;
    private final int columns;
    private final Set set;
    private final boolean centred;
    private final float[] x;
    private final float[] dy;
    private final float[] gamma;
    private final float[] beta;

    Problem(
        int rows,
        int columns,
        Set set,
        boolean centred,
        float[] x,
        float[] dy,
        float[] gamma,
        float[] beta) {
      this.rows = rows;
      this.columns = columns;
      this.set = set;
      this.centred = centred;
      this.x = x;
      this.dy = dy;
      this.gamma = gamma;
      this.beta = beta;
    }

    double[] y(double[] x, double[] gamma, double[] beta) {
      int sets = 0;
      for (int i = 0; i < rows * columns; i++) {
        sets = Math.max(sets, 1 + set.of(i / columns, i % columns));
      }
      double[] n = new double[sets];
      double[] mean = new double[sets];
      double[] variance = new double[sets];
      for (int i = 0; i < x.length; i++) {
        n[set.of(i / columns, i % columns)]++;
        mean[set.of(i / columns, i % columns)] += centred ? x[i] : 0;
      }
      for (int i = 0; i < x.length; i++) {
        int s = set.of(i / columns, i % columns);
        variance[s] += (x[i] - mean[s] / n[s]) * (x[i] - mean[s] / n[s]) / n[s];
      }
      double[] y = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        int s = set.of(i / columns, i % columns);
        double t = (x[i] - mean[s] / n[s]) / Math.sqrt(variance[s] + EPSILON);
        double g = gamma.length == 0 ? 1 : gamma[i % columns];
        y[i] = g * t + (beta.length == 0 ? 0 : beta[i % columns]);
      }
      return y;
    }

    private double product(double[] x, double[] gamma, double[] beta) {
      double[] y = y(x, gamma, beta);
      double sum = 0;
      for (int i = 0; i < y.length; i++) {
        sum += dy[i] * y[i];
      }
      return sum;
    }

    /// The derivative of Σ dy y by each number of `by`, which is one of the three others.
    float[] derivative(double[] by, double[] x, double[] gamma, double[] beta) {
      float[] d = new float[by.length];
      for (int i = 0; i < d.length; i++) {
        double old = by[i];
        by[i] = old + 1e-5;
        double up = product(x, gamma, beta);
        by[i] = old - 1e-5;
        d[i] = (float) ((up - product(x, gamma, beta)) / 2e-5);
        by[i] = old;
      }
      return d;
    }
  }

  private static void near(String what, float[] found, float[] expected) {
    assertThat(found.length).isEqualTo(expected.length);
    float error = 0;
    for (int i = 0; i < found.length; i++) {
      error = Math.max(error, Math.abs(found[i] - expected[i]) / (1 + Math.abs(expected[i])));
    }
    assertThat(error).as(what).isLessThan(2e-4f);
  }

  private static float[] floats(double... x) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  private static Problem problem(Random random, int rows, int columns, Set set, boolean centred) {
    float[] x = Geometries.numbers(random, rows * columns);
    for (int i = 0; i < x.length; i++) {
      x[i] = 3 * x[i] + 2;
    }
    int weights = random.nextInt(3) == 0 ? 0 : columns;
    return new Problem(
        rows,
        columns,
        set,
        centred,
        x,
        Geometries.numbers(random, x.length),
        Geometries.numbers(random, weights),
        Geometries.numbers(random, random.nextBoolean() ? weights : 0));
  }

  private static void check(String what, Problem p, float[] y, float[] dx, float[] dg, float[] db) {
    double[] x = Geometries.doubles(p.x);
    double[] gamma = Geometries.doubles(p.gamma);
    double[] beta = Geometries.doubles(p.beta);
    near(what + " y", y, floats(p.y(x, gamma, beta)));
    near(what + " dx", dx, p.derivative(x, x, gamma, beta));
    near(what + " dgamma", dg, p.derivative(gamma, x, gamma, beta));
    near(what + " dbeta", db, p.derivative(beta, x, gamma, beta));
  }

  @Test
  void groupsOfChannelsInBlocksOfPixels() {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int blocks = 1 + random.nextInt(3);
      int rows = 1 + random.nextInt(seed % 20 == 0 ? 60 : 7);
      int groups = 1 + random.nextInt(4);
      int columns = groups * (1 + random.nextInt(3));
      var n = new GroupNorm(blocks, rows, columns, groups);
      int own = columns / groups;
      Set set = (i, j) -> i / rows * groups + j / own;
      Problem p = problem(random, blocks * rows, columns, set, true);
      Engine engine = Engine.of("scalar", 1 + random.nextInt(3));
      float[] mean = new float[n.statistics()];
      float[] variance = new float[n.statistics()];
      float[] y = new float[p.x.length];
      float[] dx = new float[p.x.length];
      float[] dg = new float[p.gamma.length];
      float[] db = new float[p.beta.length];
      n.moments(engine, p.x, 0, mean, 0, variance, 0);
      n.apply(engine, p.x, 0, mean, 0, variance, 0, EPSILON, p.gamma, 0, p.beta, 0, y, 0);
      n.back(
          engine, p.x, 0, p.dy, 0, mean, 0, variance, 0, EPSILON, p.gamma, 0, dx, 0, dg, 0, db, 0);
      check("seed " + seed + ": " + n, p, y, dx, dg, db);
    }
  }

  @Test
  void rowsWithAndWithoutTheirMean() {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      var n = new RowNorm(1 + random.nextInt(9), 1 + random.nextInt(40), random.nextBoolean());
      Problem p = problem(random, n.rows(), n.columns(), (i, j) -> i, n.centred());
      Engine engine = Engine.of("scalar", 1 + random.nextInt(3));
      float[] mean = new float[n.rows()];
      float[] inverse = new float[n.rows()];
      float[] y = new float[p.x.length];
      float[] dx = new float[p.x.length];
      float[] dg = new float[p.gamma.length];
      float[] db = new float[p.beta.length];
      n.forward(engine, p.x, 0, EPSILON, p.gamma, 0, p.beta, 0, y, 0, mean, 0, inverse, 0);
      n.back(engine, p.x, 0, p.dy, 0, mean, 0, inverse, 0, p.gamma, 0, dx, 0, dg, 0, db, 0);
      check("seed " + seed + ": " + n, p, y, dx, dg, db);
    }
  }

  @Test
  void theBitsAreThoseOfOneThread() {
    Random random = new Random(5);
    var batch = new GroupNorm(1, 3001, 24, 24);
    var rows = new RowNorm(1500, 48, true);
    float[] x = Geometries.numbers(random, 3001 * 24);
    float[] dy = Geometries.numbers(random, x.length);
    float[] weights = Geometries.numbers(random, 48);
    float[][] first = null;
    for (int threads = 1; threads < 5; threads++) {
      Engine engine = Engine.of("scalar", threads);
      float[][] found = new float[10][72];
      found[2] = new float[x.length];
      found[3] = new float[x.length];
      found[6] = new float[x.length];
      found[7] = new float[x.length];
      found[8] = new float[1500];
      found[9] = new float[1500];
      batch.moments(engine, x, 0, found[0], 0, found[1], 0);
      batch.apply(
          engine, x, 0, found[0], 0, found[1], 0, EPSILON, weights, 0, weights, 0, found[2], 0);
      batch.back(
          engine, x, 0, dy, 0, found[0], 0, found[1], 0, EPSILON, weights, 0, found[3], 0, found[4],
          0, found[5], 0);
      rows.forward(
          engine, x, 0, EPSILON, weights, 0, weights, 0, found[6], 0, found[8], 0, found[9], 0);
      rows.back(
          engine, x, 0, dy, 0, found[8], 0, found[9], 0, weights, 0, found[7], 0, found[4], 24,
          found[5], 0);
      if (first == null) {
        first = found;
      }
      assertThat(found).isDeepEqualTo(first);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedInOneSentence() {
    assertThatThrownBy(() -> new GroupNorm(1, 2, 6, 4))
        .hasMessage("normalisation: expected groups that divide 6 channels, found 4");
    assertThatThrownBy(() -> new GroupNorm(1, 0, 6, 3))
        .hasMessage("normalisation: expected 1 row or more, found 1 blocks of 0");
    assertThatThrownBy(() -> new RowNorm(3, 0, true))
        .hasMessage("normalisation: expected rows of 1 number or more, found 3 of 0");
  }
}
