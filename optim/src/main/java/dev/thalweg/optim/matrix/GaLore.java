package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Adam's direction in the space of the first singular vectors of a gradient. Its state has room
/// for the full rank.
final class GaLore implements ArrayPass {
  private final Matrix x;
  private final Kept vectors;
  private final Kept averages;
  private final Kept squares;

  GaLore(Values values) {
    x = Matrix.of(values);
    int least = Math.min(x.rows(), x.columns());
    vectors = new Kept(values.dtype(), Math.max(x.rows(), x.columns()), least);
    averages = new Kept(values.dtype(), x.rows(), x.columns());
    squares = new Kept(values.dtype(), x.rows(), x.columns());
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
    int rank = (int) Math.min(numbers[0], Math.min(rows, columns));
    double t = numbers[4];
    boolean right = rows >= columns == (numbers[6] == 0);
    int side = right ? columns : rows;
    int other = right ? rows : columns;
    if ((t - 1) % numbers[5] == 0) {
      lookUp(right, side, rank);
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
    return vectors.at(j * Math.min(x.rows(), x.columns()) + k);
  }

  /// A vector's largest number is positive: averages outlive a look-up, and the sign that an
  /// algorithm happens to give would turn them.
  private void lookUp(boolean right, int side, int rank) {
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
        vectors.set(j * Math.min(x.rows(), x.columns()) + k, sign * all[j][k]);
      }
    }
  }
}
