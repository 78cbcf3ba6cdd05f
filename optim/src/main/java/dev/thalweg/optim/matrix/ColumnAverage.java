package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// An average over steps of the means of columns.
final class ColumnAverage implements ArrayPass {
  private final Matrix x;
  private final Kept averages;

  ColumnAverage(Values values) {
    x = Matrix.of(values);
    averages = new Kept(values.dtype(), x.columns());
  }

  @Override
  public SequencedMap<String, Values> state() {
    var state = new LinkedHashMap<String, Values>();
    state.put("columns", averages);
    return Collections.unmodifiableSequencedMap(state);
  }

  /// @param numbers the weight of this step
  @Override
  public void run(double[] numbers) {
    for (int j = 0; j < x.columns(); j++) {
      double sum = 0;
      for (int i = 0; i < x.rows(); i++) {
        sum += x.at(i, j);
      }
      double now = averages.average(j, sum / x.rows(), numbers[0]);
      for (int i = 0; i < x.rows(); i++) {
        x.set(i, j, now);
      }
    }
  }
}
