package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Adam's direction in the space of the first singular vectors of a gradient: the state is as long
/// as that space is wide.
final class GaLore implements ArrayPass {
  private final Matrix x;
  private final int rank;
  private final boolean right;
  private final Kept vectors;
  private final Kept averages;
  private final Kept squares;

  /// @param numbers see [#run]
  GaLore(Values values, double[] numbers) {
    x = Matrix.of(values);
    rank = (int) Math.min(numbers[0], Math.min(x.rows(), x.columns()));
    right = x.rows() >= x.columns() == (numbers[6] == 0);
    int other = right ? x.rows() : x.columns();
    vectors = new Kept(values.dtype(), right ? x.columns() : x.rows(), rank);
    averages = new Kept(values.dtype(), other, rank);
    squares = new Kept(values.dtype(), other, rank);
  }

  @Override
  public SequencedMap<String, Values> state() {
    var state = new LinkedHashMap<String, Values>();
    state.put("vectors", vectors);
    state.put("m", averages);
    state.put("v", squares);
    return Collections.unmodifiableSequencedMap(state);
  }

  /// @param numbers the rank, β₁, β₂, ε, t, every how many steps vectors are looked up, and 1 for
  ///   those of the longer side
  @Override
  public void run(double[] numbers) {
    int rows = x.rows();
    int columns = x.columns();
    double t = numbers[4];
    int side = right ? columns : rows;
    int other = right ? rows : columns;
    if ((t - 1) % numbers[5] == 0) {
      lookUp(side);
    }
    double first = 1 - StrictMath.pow(numbers[1], t);
    double second = 1 - StrictMath.pow(numbers[2], t);
    double[][] step = new double[other][rank];
    for (int i = 0; i < other; i++) {
      for (int k = 0; k < rank; k++) {
        double along = 0;
        for (int j = 0; j < side; j++) {
          along += (right ? x.at(i, j) : x.at(j, i)) * vector(j, k);
        }
        int place = i * rank + k;
        averages.set(place, numbers[1] * averages.at(place) + (1 - numbers[1]) * along);
        squares.set(place, numbers[2] * squares.at(place) + (1 - numbers[2]) * along * along);
        step[i][k] =
            averages.at(place) / first / (Math.sqrt(squares.at(place) / second) + numbers[3]);
      }
    }
    for (int i = 0; i < other; i++) {
      for (int j = 0; j < side; j++) {
        double sum = 0;
        for (int k = 0; k < rank; k++) {
          sum += step[i][k] * vector(j, k);
        }
        if (right) {
          x.set(i, j, sum);
        } else {
          x.set(j, i, sum);
        }
      }
    }
  }

  private double vector(int j, int k) {
    return vectors.at(j * rank + k);
  }

  /// A vector's largest number is positive: averages outlive a look-up, and the sign that an
  /// algorithm happens to give would turn them.
  private void lookUp(int side) {
    Matrix gram = x.zeros(side, side);
    gram.product(right, x, !right, x, false);
    double[][] all = Roots.eigenvectors(gram.toDoubles());
    for (int k = 0; k < rank; k++) {
      int largest = 0;
      for (int j = 1; j < side; j++) {
        largest = Math.abs(all[j][k]) > Math.abs(all[largest][k]) ? j : largest;
      }
      double sign = all[largest][k] < 0 ? -1 : 1;
      for (int j = 0; j < side; j++) {
        vectors.set(j * rank + k, sign * all[j][k]);
      }
    }
  }
}
