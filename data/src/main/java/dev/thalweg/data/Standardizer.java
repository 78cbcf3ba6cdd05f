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

  private static final int CHUNK = 256;

  private final double[] means;
  private final double[] scales;

  /// Whether every number stays what it is.
  private final boolean identity;

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
    this.identity =
        Arrays.stream(means).allMatch(mean -> Double.doubleToRawLongBits(mean) == 0)
            && Arrays.stream(scales).allMatch(scale -> scale == 1);
  }

  private static Standardizer identity(int columns) {
    var ones = new double[columns];
    Arrays.fill(ones, 1);
    return new Standardizer(new double[columns], ones);
  }

  /// Fits the features. Those that have their scale already get mean 0 and scale 1: pixels from 0
  /// to 1, where one that is nearly always black would be blown up, and columns of 0 and 1 that
  /// stand for a category.
  public static Standardizer fit(Dataset train) {
    if (train.columns().areReady()) {
      return identity(train.features());
    }
    var moments = new Moments(train.features());
    moments.addToMeans(train.values(), train.rows());
    moments.meansAreComplete();
    moments.addToSquares(train.values(), train.rows());
    return moments.fitted(train.columns());
  }

  /// Fits the features of rows that come in passes: two of them, both in the order of the first
  /// epoch, or none where all features have their scale already. The same rows in the same order
  /// give the same numbers as [#fit(Dataset)].
  ///
  /// @throws DataException if the rows can't be read
  public static Standardizer fit(RowSource train) {
    int features = train.schema().features();
    if (train.schema().columns().areReady()) {
      return identity(features);
    }
    var moments = new Moments(features);
    var x = new float[CHUNK * features];
    var answers = new float[CHUNK];
    try (var pass = train.pass(0)) {
      for (int rows = pass.read(x, answers); rows > 0; rows = pass.read(x, answers)) {
        moments.addToMeans(x, rows);
      }
    }
    moments.meansAreComplete();
    try (var pass = train.pass(0)) {
      for (int rows = pass.read(x, answers); rows > 0; rows = pass.read(x, answers)) {
        moments.addToSquares(x, rows);
      }
    }
    return moments.fitted(train.schema().columns());
  }

  /// Fits the targets of a regression: one column.
  ///
  /// @throws IllegalStateException if the task is not regression
  public static Standardizer fitTargets(Dataset train) {
    float[] targets = train.targets();
    var moments = new Moments(1);
    moments.addToMeans(targets, train.rows());
    moments.meansAreComplete();
    moments.addToSquares(targets, train.rows());
    return moments.fitted(Features.unnamed(1));
  }

  /// Means, then squares around them, added up in double in the order of the rows.
  private static final class Moments {

    private final int columns;
    private final double[] means;
    private final double[] squares;
    private final float[] first;
    private final boolean[] constant;
    private long rows;

    Moments(int columns) {
      this.columns = columns;
      this.means = new double[columns];
      this.squares = new double[columns];
      this.first = new float[columns];
      this.constant = new boolean[columns];
      Arrays.fill(constant, true);
    }

    void addToMeans(float[] x, int count) {
      if (rows == 0 && count > 0) {
        System.arraycopy(x, 0, first, 0, columns);
      }
      rows += count;
      for (int row = 0, i = 0; row < count; row++) {
        for (int column = 0; column < columns; column++, i++) {
          means[column] += x[i];
          constant[column] &= x[i] == first[column];
        }
      }
    }

    void meansAreComplete() {
      for (int column = 0; column < columns; column++) {
        means[column] /= rows;
      }
    }

    void addToSquares(float[] x, int count) {
      for (int row = 0, i = 0; row < count; row++) {
        for (int column = 0; column < columns; column++, i++) {
          double away = x[i] - means[column];
          squares[column] += away * away;
        }
      }
    }

    Standardizer fitted(Features features) {
      var scales = new double[columns];
      for (int column = 0; column < columns; column++) {
        boolean ready = features.isReady(column);
        means[column] = ready ? 0 : means[column];
        // The rounded mean of a constant column may leave a tiny deviation, hence the flag.
        scales[column] = ready || constant[column] ? 1 : Math.sqrt(squares[column] / rows);
      }
      return new Standardizer(means, scales);
    }
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

  /// The data set with its features standardized; the same one where they stay what they are.
  ///
  /// @throws IllegalArgumentException if it has another number of features
  public Dataset apply(Dataset data) {
    check(data.features());
    if (identity) {
      return data;
    }
    float[] x = data.x();
    apply(x, 0, data.rows());
    return data.withOwnX(x);
  }

  /// The rows of a source with their features standardized.
  ///
  /// @throws IllegalArgumentException if it has another number of features
  public RowSource apply(RowSource source) {
    check(source.schema().features());
    return identity ? source : new StandardizedSource(source, this);
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
