package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Philox;
import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A sum of gradients along orthonormal directions, found by one power iteration a step. It keeps
/// the sum and as many directions as are asked for.
final class Dion implements ArrayPass {
  private final Matrix x;
  private final long first;
  private final int rank;
  private final Kept sum;
  private final Kept directions;

  /// @param numbers see [#run]
  Dion(Values values, long first, double[] numbers) {
    x = Matrix.of(values);
    rank = (int) Math.min(numbers[1], Math.min(x.rows(), x.columns()));
    this.first = first;
    sum = new Kept(values.dtype(), x.rows(), x.columns());
    directions = new Kept(values.dtype(), x.rows(), rank);
  }

  @Override
  public SequencedMap<String, Values> state() {
    var state = new LinkedHashMap<String, Values>();
    state.put("sum", sum);
    state.put("directions", directions);
    return Collections.unmodifiableSequencedMap(state);
  }

  /// @param numbers the momentum, the rank, ε, t, the seed
  @Override
  public void run(double[] numbers) {
    int rows = x.rows();
    int columns = x.columns();
    if (numbers[3] == 1) {
      Philox random = Philox.of((long) numbers[4], first);
      for (int i = 0; i < rows * rank; i++) {
        directions.set(i, random.normal(i));
      }
    }
    double[][] p = new double[columns][rank];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int place = i * columns + j;
        sum.set(place, sum.at(place) + x.at(i, j));
        for (int k = 0; k < rank; k++) {
          p[j][k] += sum.at(place) * directions.at(i * rank + k);
        }
      }
    }
    p = Roots.orthonormal(p);
    double[][] r = new double[rows][rank];
    double[] norms = new double[rank];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < rank; k++) {
        for (int j = 0; j < columns; j++) {
          r[i][k] += sum.at(i * columns + j) * p[j][k];
        }
        norms[k] = Math.hypot(norms[k], r[i][k]);
      }
    }
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < rank; k++) {
        directions.set(i * rank + k, r[i][k] / (norms[k] + numbers[2]));
      }
      for (int j = 0; j < columns; j++) {
        double taken = 0;
        double along = 0;
        for (int k = 0; k < rank; k++) {
          taken += r[i][k] * p[j][k];
          along += directions.at(i * rank + k) * p[j][k];
        }
        sum.set(i * columns + j, sum.at(i * columns + j) - (1 - numbers[0]) * taken);
        x.set(i, j, along);
      }
    }
  }
}
