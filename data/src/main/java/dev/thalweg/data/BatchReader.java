package dev.thalweg.data;

import java.util.Arrays;

/// The rows of one pass, batch after batch, into arrays that whoever reads has made.
///
/// For one thread at a time; closed by whoever opened it, also before the end.
public interface BatchReader extends AutoCloseable {

  /// Reads the next rows: as many as there is room for, fewer at the end only.
  ///
  /// @param x takes the features, row-major; room for `answers.length` rows
  /// @param answers takes the class of each row as a number, or the number to predict
  /// @return how many rows were read; 0 after the last
  /// @throws IllegalArgumentException if there is no room for the features, or none at all
  /// @throws DataException if the rows can't be read
  int read(float[] x, float[] answers);

  /// Reads the next rows with how much each counts; see [RowSource#weighted].
  ///
  /// @param weights takes the weight of each row, 1 where all count alike
  /// @return how many rows were read; 0 after the last
  /// @throws IllegalArgumentException as the other, or if there is less room for weights than for
  ///   answers
  /// @throws DataException if the rows can't be read
  default int read(float[] x, float[] answers, float[] weights) {
    Checks.room(weights, answers);
    int rows = read(x, answers);
    Arrays.fill(weights, 0, Math.clamp(rows, 0, weights.length), 1);
    return rows;
  }

  /// Reads the next rows before anything is rounded to float, for whoever centres them: seconds
  /// since 1970 differ as doubles, and not as floats. A source of your own that has floats need not
  /// have it.
  ///
  /// @param x takes the features, row-major; room for `answers.length` rows
  /// @param answers takes the class of each row as a number, or the number to predict
  /// @param weights takes the weight of each row, 1 where all count alike
  /// @return how many rows were read; 0 after the last
  /// @throws IllegalArgumentException as the others
  /// @throws DataException if the rows can't be read
  default int read(double[] x, double[] answers, float[] weights) {
    var roundedX = new float[x.length];
    var roundedAnswers = new float[answers.length];
    int rows = read(roundedX, roundedAnswers, weights);
    for (int i = 0; i < x.length; i++) {
      x[i] = roundedX[i];
    }
    // A reader may be anybody's: whoever asked says what is wrong with more rows than that.
    for (int row = 0; row < Math.min(rows, answers.length); row++) {
      answers[row] = roundedAnswers[row];
    }
    return rows;
  }

  /// Gives back what it holds: a file, a thread. Nothing can be read any more.
  @Override
  void close();
}
