package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// An average over steps that keeps a number for each row and column: the product of the averages
/// of their means, over the mean of all. What has more dimensions is several matrices of the last
/// two; of a vector it is the average itself.
final class Factored implements ArrayPass {
  private final Matrix x;

  /// The matrices, of so many rows.
  private final int matrices;

  private final int rows;
  private final Kept ofRows;
  private final Kept ofColumns;

  Factored(Values values) {
    int[] shape = values.dimensions();
    x = Matrix.of(values);
    rows = shape.length < 2 ? 1 : shape[shape.length - 2];
    matrices = rows == 0 ? 0 : x.rows() / rows;
    boolean vector = shape.length < 2;
    ofRows = new Kept(values.dtype(), vector ? 0 : x.rows());
    ofColumns = new Kept(values.dtype(), matrices * x.columns());
  }

  @Override
  public SequencedMap<String, Values> state() {
    var state = new LinkedHashMap<String, Values>();
    if (ofRows.size() > 0) {
      state.put("rows", ofRows);
    }
    state.put(ofRows.size() > 0 ? "columns" : "average", ofColumns);
    return Collections.unmodifiableSequencedMap(state);
  }

  /// @param numbers the weight of this step; the least mean
  @Override
  public void run(double[] numbers) {
    double weight = numbers[0];
    int columns = x.columns();
    for (int matrix = 0; matrix < matrices; matrix++) {
      int first = matrix * rows;
      double mean = 0;
      for (int i = first; ofRows.size() > 0 && i < first + rows; i++) {
        double sum = 0;
        for (int j = 0; j < columns; j++) {
          sum += x.at(i, j);
        }
        mean += ofRows.average(i, sum / columns, weight);
      }
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        for (int i = first; i < first + rows; i++) {
          sum += x.at(i, j);
        }
        ofColumns.average(matrix * columns + j, sum / rows, weight);
      }
      double scale = ofRows.size() > 0 ? 1 / Math.max(mean / rows, numbers[1]) : 1;
      for (int i = first; i < first + rows; i++) {
        double row = ofRows.size() > 0 ? ofRows.at(i) * scale : 1;
        for (int j = 0; j < columns; j++) {
          x.set(i, j, row * ofColumns.at(matrix * columns + j));
        }
      }
    }
  }
}
