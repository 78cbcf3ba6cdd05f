package dev.thalweg.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Brings every column to mean 0 and standard deviation 1: `x ← (x - mean) / scale`.
///
/// Fitted on the training part and on nothing else, then applied to whatever comes. Mean and scale
/// are computed in double in the order of the rows; the scale is the standard deviation of the rows
/// themselves (divided by their number, not by one less, as scikit-learn's `StandardScaler` has
/// it), and 1 for a column that is constant. An immutable value, equal by its numbers.
public final class Standardizer {

  private final double[] means;
  private final double[] scales;

  /// One of known numbers, as read back from a file.
  ///
  /// @throws IllegalArgumentException if there are none, not as many scales as means, a mean that
  ///   is not finite, or a scale that is not finite and positive
  public Standardizer(double[] means, double[] scales) {
    if (means.length == 0 || means.length != scales.length) {
      throw new IllegalArgumentException(
          "standardizer: expected as many scales as means and at least 1, found %d means and %d scales"
              .formatted(means.length, scales.length));
    }
    for (int column = 0; column < means.length; column++) {
      if (!Double.isFinite(means[column])) {
        throw new IllegalArgumentException(
            "standardizer: expected a finite mean, found %s (column %d)"
                .formatted(means[column], column));
      }
      if (!Double.isFinite(scales[column]) || scales[column] <= 0) {
        throw new IllegalArgumentException(
            "standardizer: expected a finite scale above 0, found %s (column %d)"
                .formatted(scales[column], column));
      }
    }
    this.means = means.clone();
    this.scales = scales.clone();
  }

  /// Fits the features. Those that have their scale already get mean 0 and scale 1: pixels from 0
  /// to 1, where one that is nearly always black would be blown up, and columns of 0 and 1 that
  /// stand for a category.
  public static Standardizer fit(Dataset train) {
    Standardizer fitted = fit(train.values(), train.rows(), train.features());
    for (int column = 0; column < fitted.means.length; column++) {
      if (train.columns().isReady(column)) {
        fitted.means[column] = 0;
        fitted.scales[column] = 1;
      }
    }
    return fitted;
  }

  /// Fits the targets of a regression: one column.
  ///
  /// @throws IllegalStateException if the task is not regression
  public static Standardizer fitTargets(Dataset train) {
    return fit(train.targets(), train.rows(), 1);
  }

  private static Standardizer fit(float[] x, int rows, int columns) {
    var means = new double[columns];
    var squares = new double[columns];
    var constant = new boolean[columns];
    Arrays.fill(constant, true);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        float value = x[row * columns + column];
        means[column] += value;
        constant[column] &= value == x[column];
      }
    }
    for (int column = 0; column < columns; column++) {
      means[column] /= rows;
    }
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double away = x[row * columns + column] - means[column];
        squares[column] += away * away;
      }
    }
    var scales = new double[columns];
    for (int column = 0; column < columns; column++) {
      // The rounded mean of a constant column may leave a tiny deviation, hence the flag.
      scales[column] = constant[column] ? 1 : Math.sqrt(squares[column] / rows);
    }
    return new Standardizer(means, scales);
  }

  /// How many columns it was fitted on.
  public int columns() {
    return means.length;
  }

  /// The mean of each column; a fresh array.
  public double[] means() {
    return means.clone();
  }

  /// The scale of each column; a fresh array.
  public double[] scales() {
    return scales.clone();
  }

  /// The data set with its features standardized.
  ///
  /// @throws IllegalArgumentException if it has another number of features
  public Dataset apply(Dataset data) {
    float[] x = data.x();
    check(data.features());
    apply(x, 0, data.rows());
    return data.withOwnX(x);
  }

  /// The data set with its targets standardized.
  ///
  /// @throws IllegalArgumentException if this was not fitted on one column
  /// @throws IllegalStateException if the task is not regression
  public Dataset applyToTargets(Dataset data) {
    float[] targets = data.targets();
    check(1);
    apply(targets, 0, data.rows());
    return data.withTargets(targets);
  }

  /// Standardizes rows where they are.
  ///
  /// @param x row-major
  /// @param start the index of the first number of the first row
  /// @param rows how many rows
  /// @throws IndexOutOfBoundsException if the rows are not all in the array
  public void apply(float[] x, int start, int rows) {
    for (int row = 0, i = start; row < rows; row++) {
      for (int column = 0; column < means.length; column++, i++) {
        x[i] = (float) ((x[i] - means[column]) / scales[column]);
      }
    }
  }

  /// Takes rows back to their own units, where they are: `x ← x · scale + mean`.
  ///
  /// @param x row-major
  /// @param start the index of the first number of the first row
  /// @param rows how many rows
  /// @throws IndexOutOfBoundsException if the rows are not all in the array
  public void invert(float[] x, int start, int rows) {
    for (int row = 0, i = start; row < rows; row++) {
      for (int column = 0; column < means.length; column++, i++) {
        x[i] = (float) (x[i] * scales[column] + means[column]);
      }
    }
  }

  private void check(int columns) {
    if (columns != means.length) {
      throw new IllegalArgumentException(
          "standardizer: expected %d columns as it was fitted on, found %d"
              .formatted(means.length, columns));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Standardizer that
        && Arrays.equals(means, that.means)
        && Arrays.equals(scales, that.scales);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(means) + Arrays.hashCode(scales);
  }

  @Override
  public String toString() {
    return means.length == 1
        ? "standardizer of 1 column: mean %s, scale %s".formatted(means[0], scales[0])
        : "standardizer of %d columns".formatted(means.length);
  }
}
