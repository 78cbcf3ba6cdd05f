package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.kernels.Recurrence.Cell;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A recurrence beside its definition in double, and its gradients beside differences of that.
class RecurrenceTest {
  private static final int BATCH = 5;
  private static final int STEPS = 4;
  private static final int INPUTS = 3;
  private static final int UNITS = 7;
  private static final int[] LENGTHS = {4, 2, 0, 4, 3};

  /// x, W, U, b, d, state and cells before the first step, one after the other.
  private static int[] starts(Cell cell) {
    int columns = cell.gates() * UNITS;
    int[] sizes = {
      BATCH * STEPS * INPUTS,
      INPUTS * columns,
      UNITS * columns,
      columns,
      cell == Cell.GRU ? columns : 0,
      BATCH * UNITS,
      cell == Cell.LSTM ? BATCH * UNITS : 0
    };
    int[] starts = new int[sizes.length + 1];
    for (int i = 0; i < sizes.length; i++) {
      starts[i + 1] = starts[i] + sizes[i];
    }
    return starts;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /// Results of all steps, then the states, then the cells after the last one.
  private static double[] defined(Cell cell, double[] in) {
    int[] at = starts(cell);
    int columns = cell.gates() * UNITS;
    int results = BATCH * STEPS * UNITS;
    double[] out = new double[results + 2 * BATCH * UNITS];
    for (int b = 0; b < BATCH; b++) {
      double[] h = new double[UNITS];
      double[] c = new double[UNITS];
      System.arraycopy(in, at[5] + b * UNITS, h, 0, UNITS);
      if (cell == Cell.LSTM) {
        System.arraycopy(in, at[6] + b * UNITS, c, 0, UNITS);
      }
      for (int t = 0; t < LENGTHS[b]; t++) {
        double[] sums = new double[columns];
        double[] past = new double[columns];
        for (int j = 0; j < columns; j++) {
          sums[j] = in[at[3] + j];
          past[j] = cell == Cell.GRU ? in[at[4] + j] : 0;
          for (int p = 0; p < INPUTS; p++) {
            sums[j] += in[at[0] + (b * STEPS + t) * INPUTS + p] * in[at[1] + p * columns + j];
          }
          for (int p = 0; p < UNITS; p++) {
            past[j] += h[p] * in[at[2] + p * columns + j];
          }
        }
        for (int j = 0; j < UNITS; j++) {
          double s0 = sums[j] + past[j];
          double s1 = columns > UNITS ? sums[j + UNITS] + past[j + UNITS] : 0;
          switch (cell) {
            case LSTM -> {
              double g = Math.tanh(sums[j + 2 * UNITS] + past[j + 2 * UNITS]);
              double o = sigmoid(sums[j + 3 * UNITS] + past[j + 3 * UNITS]);
              c[j] = sigmoid(s1) * c[j] + sigmoid(s0) * g;
              h[j] = o * Math.tanh(c[j]);
            }
            case GRU -> {
              double n = Math.tanh(sums[j + 2 * UNITS] + sigmoid(s0) * past[j + 2 * UNITS]);
              h[j] = (1 - sigmoid(s1)) * n + sigmoid(s1) * h[j];
            }
            case TANH -> h[j] = Math.tanh(s0);
            case RELU -> h[j] = Math.max(0, s0);
          }
        }
        System.arraycopy(h, 0, out, (b * STEPS + t) * UNITS, UNITS);
      }
      System.arraycopy(h, 0, out, results + b * UNITS, UNITS);
      System.arraycopy(c, 0, out, results + (BATCH + b) * UNITS, UNITS);
    }
    return out;
  }

  private static float[] part(double[] all, int from, int to) {
    float[] part = new float[to - from];
    for (int i = 0; i < part.length; i++) {
      part[i] = (float) all[from + i];
    }
    return part;
  }

  private static double product(Cell cell, double[] in, double[] dy) {
    double[] out = defined(cell, in);
    double sum = 0;
    for (int i = 0; i < out.length; i++) {
      sum += dy[i] * out[i];
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void isItsDefinitionAndItsGradientsAreDifferences(Cell cell) {
    int[] at = starts(cell);
    Random random = new Random(3);
    double[] in = new double[at[7]];
    for (int i = 0; i < in.length; i++) {
      in[i] = (float) (0.6 * random.nextGaussian());
    }
    int results = BATCH * STEPS * UNITS;
    double[] dy = new double[results + 2 * BATCH * UNITS];
    int known = cell == Cell.LSTM ? dy.length : dy.length - BATCH * UNITS;
    for (int i = 0; i < known; i++) {
      dy[i] = (float) random.nextGaussian();
    }
    Recurrence r = new Recurrence(cell, BATCH, STEPS, INPUTS, UNITS);
    Engine engine = Engine.of("scalar", 2);
    float[] x = part(in, at[0], at[1]);
    float[] w = part(in, at[1], at[2]);
    float[] u = part(in, at[2], at[3]);
    float[] y = new float[results];
    int states = BATCH * UNITS;
    float[] hidden = new float[(STEPS + 1) * states];
    System.arraycopy(part(in, at[5], at[6]), 0, hidden, 0, states);
    float[] cells = new float[cell == Cell.LSTM ? (STEPS + 1) * states : 0];
    System.arraycopy(part(in, at[6], at[7]), 0, cells, 0, at[7] - at[6]);
    float[] kept = new float[STEPS * cell.kept() * states];
    r.forward(
        engine,
        x,
        w,
        u,
        part(in, at[3], at[4]),
        part(in, at[4], at[5]),
        LENGTHS,
        y,
        STEPS * UNITS,
        hidden,
        cells,
        kept);
    double[] expected = defined(cell, in);
    near("y", y, 0, expected, 0, results);
    near("h", hidden, STEPS * states, expected, results, states);
    near("c", cells, STEPS * states, expected, results + states, cell == Cell.LSTM ? states : 0);

    float[][] found = new float[7][];
    for (int i = 0; i < 7; i++) {
      found[i] = new float[at[i + 1] - at[i]];
    }
    float[] slopes = new float[STEPS * cell.slopes() * states];
    float[] last = part(dy, results, results + states);
    float[] lastCells =
        part(dy, results + states, cell == Cell.LSTM ? dy.length : results + states);
    float[] g = part(dy, 0, results);
    r.back(
        engine,
        w,
        u,
        LENGTHS,
        hidden,
        cells,
        kept,
        g,
        STEPS * UNITS,
        last,
        lastCells,
        found[0],
        found[5],
        found[6],
        slopes);
    float[] ordered = new float[x.length];
    Permutation.copy(
        engine, new int[] {BATCH, STEPS, INPUTS}, new int[] {1, 0, 2}, x, 0, ordered, 0);
    r.byWeights(engine, ordered, hidden, slopes, found[1], found[2], found[3], found[4]);
    for (int i = 0; i < 7; i++) {
      for (int j = 0; j < found[i].length; j++) {
        double old = in[at[i] + j];
        in[at[i] + j] = old + 1e-6;
        double up = product(cell, in, dy);
        in[at[i] + j] = old - 1e-6;
        double difference = (up - product(cell, in, dy)) / 2e-6;
        in[at[i] + j] = old;
        assertThat(Math.abs(found[i][j] - difference) / (1 + Math.abs(difference)))
            .as("gradient %d, number %d", i, j)
            .isLessThan(1e-5);
      }
    }
  }

  private static void near(
      String what, float[] found, int from, double[] expected, int start, int n) {
    for (int i = 0; i < n; i++) {
      assertThat(Math.abs(found[from + i] - expected[start + i])).as(what + i).isLessThan(1e-6);
    }
  }

  @Test
  void thereMustBeUnits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Recurrence(Cell.GRU, 1, 2, 3, 0))
        .withMessageContaining("at least one unit, found 1 x 2 x 3 and 0 units");
  }
}
