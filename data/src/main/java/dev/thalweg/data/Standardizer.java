package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Brings every column to mean 0 and standard deviation 1: `x ← (x - mean) / scale`.
///
/// Fitted on the training part and on nothing else, then applied to whatever comes. Mean and scale
/// are computed in double in the order of the rows; the scale is the standard deviation of the rows
/// themselves (divided by their number, not by one less, as scikit-learn's `StandardScaler` has
/// it), and 1 for a column that is constant. Rows of weight 0 are as if they were not there. An
/// immutable value, equal by its numbers.
///
/// **Fine columns.** A number that comes as a double is rounded to float before it is centred, and
/// nobody sees it: but not in a column whose rounding moves some number by more than 2⁻²⁰ of the
/// scale, as it does seconds since 1970, 10⁸ + 0.5 i, or 10⁻⁵⁰. Such a column is fine, and is
/// centred in double.
public final class Standardizer {

  private static final int CHUNK = 256;

  /// How much of the scale a number may be moved by rounding.
  private static final double ROUNDING = 0x1p-20;

  private final double[] means;
  private final double[] scales;
  private final BitSet fine;

  /// Whether every number stays what it is.
  private final boolean identity;

  /// One of known numbers, as read back from a file, of which no column is fine.
  ///
  /// @throws IllegalArgumentException if there are none, not as many scales as means, a mean that
  ///   is not finite, or a scale that is not finite and positive
  public Standardizer(double[] means, double[] scales) {
    this(means, scales, List.of());
  }

  /// One of known numbers, as read back from a file.
  ///
  /// @param fineColumns the columns that are centred before they are rounded to float
  /// @throws IllegalArgumentException if there are no means, not as many scales as means, a mean
  ///   that is not finite, a scale that is not finite and positive, or a fine column that is none
  public Standardizer(double[] means, double[] scales, List<Integer> fineColumns) {
    NotNull.check(means, "means");
    NotNull.check(scales, "scales");
    NotNull.check(fineColumns, "fineColumns");
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
    this.fine = new BitSet();
    for (int column : fineColumns) {
      if (column < 0 || column >= means.length) {
        throw new IllegalArgumentException(
            "standardizer: expected fine columns from 0 to %d, found %d"
                .formatted(means.length - 1, column));
      }
      fine.set(column);
    }
    this.means = means.clone();
    this.scales = scales.clone();
    this.identity =
        fine.isEmpty()
            && Arrays.stream(means).allMatch(mean -> Double.doubleToRawLongBits(mean) == 0)
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
    NotNull.check(train, "train");
    return fit(train.source(Sampling.SEQUENTIAL, 0));
  }

  /// Fits the features of rows that come in passes: two of them, both in the order of the first
  /// epoch, or none where all features have their scale already. The same rows in the same order
  /// give the same numbers as [#fit(Dataset)].
  ///
  /// @throws DataException if the rows can't be read
  public static Standardizer fit(RowSource train) {
    NotNull.check(train, "train");
    Features features = train.schema().columns();
    return features.areReady()
        ? identity(features.count())
        : fitted(train, new Moments(features), false).standardizer(features);
  }

  /// Fits the targets of a regression: one column.
  ///
  /// @throws IllegalStateException if the task is not regression
  public static Standardizer fitTargets(Dataset train) {
    NotNull.check(train, "train");
    return fitTargets(train.source(Sampling.SEQUENTIAL, 0));
  }

  /// Fits the targets of a regression whose rows come in passes: two of them, both in the order of
  /// the first epoch.
  ///
  /// @throws IllegalStateException if the task is not regression
  /// @throws DataException if the rows can't be read
  public static Standardizer fitTargets(RowSource train) {
    NotNull.check(train, "train");
    checkTargets(train.schema());
    return fitted(train, new Moments(Features.unnamed(1)), true).standardizer(Features.unnamed(1));
  }

  private static Moments fitted(RowSource train, Moments moments, boolean ofTargets) {
    var x = new double[CHUNK * train.schema().features()];
    var answers = new double[CHUNK];
    var weights = new float[CHUNK];
    double[] values = ofTargets ? answers : x;
    try (var pass = train.pass(0)) {
      for (int rows = pass.read(x, answers, weights);
          rows > 0;
          rows = pass.read(x, answers, weights)) {
        moments.addToMeans(values, weights, rows);
      }
    }
    moments.meansAreComplete();
    try (var pass = train.pass(0)) {
      for (int rows = pass.read(x, answers, weights);
          rows > 0;
          rows = pass.read(x, answers, weights)) {
        moments.addToSquares(values, weights, rows);
      }
    }
    return moments;
  }

  /// Means, then squares around them, added up in double in the order of the rows: of the numbers
  /// rounded to float, and of the numbers themselves.
  private static final class Moments {

    private final int columns;

    /// Those that have not their scale already.
    private final int[] moving;

    private final double[] roundedMeans;
    private final double[] roundedSquares;
    private final double[] means;
    private final double[] squares;
    private final double[] smallest;
    private final double[] largest;
    private final double[] rounding;
    private long rows;

    Moments(Features features) {
      this.columns = features.count();
      this.moving =
          IntStream.range(0, columns).filter(column -> !features.isReady(column)).toArray();
      this.roundedMeans = new double[columns];
      this.roundedSquares = new double[columns];
      this.means = new double[columns];
      this.squares = new double[columns];
      this.smallest = new double[columns];
      this.largest = new double[columns];
      this.rounding = new double[columns];
      Arrays.fill(smallest, Double.POSITIVE_INFINITY);
      Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    }

    void addToMeans(double[] x, float[] weights, int count) {
      for (int row = 0; row < count; row++) {
        if (weights[row] == 0) {
          continue;
        }
        rows++;
        for (int column : moving) {
          int i = row * columns + column;
          float rounded = (float) x[i];
          roundedMeans[column] += rounded;
          means[column] += x[i];
          smallest[column] = Math.min(smallest[column], x[i]);
          largest[column] = Math.max(largest[column], x[i]);
          rounding[column] = Math.max(rounding[column], Math.abs(x[i] - rounded));
        }
      }
    }

    void meansAreComplete() {
      for (int column = 0; column < columns; column++) {
        roundedMeans[column] /= rows;
        means[column] /= rows;
      }
    }

    void addToSquares(double[] x, float[] weights, int count) {
      for (int row = 0; row < count; row++) {
        if (weights[row] == 0) {
          continue;
        }
        for (int column : moving) {
          int i = row * columns + column;
          double rounded = (float) x[i] - roundedMeans[column];
          roundedSquares[column] += rounded * rounded;
          // Of 1e-200 there is no square.
          double away = (x[i] - means[column]) / width(column);
          squares[column] += away * away;
        }
      }
    }

    private double width(int column) {
      double width = largest[column] - smallest[column];
      return width > 0 ? width : 1;
    }

    Standardizer standardizer(Features features) {
      var fittedMeans = new double[columns];
      var scales = new double[columns];
      var fine = new ArrayList<Integer>();
      for (int column = 0; column < columns; column++) {
        scales[column] = 1;
        if (features.isReady(column)) {
          continue;
        }
        // The rounded mean of a constant column may leave a tiny deviation.
        boolean constant = smallest[column] == largest[column];
        double scale = width(column) * Math.sqrt(squares[column] / rows);
        double roundedScale = Math.sqrt(roundedSquares[column] / rows);
        boolean exact = !constant && rounding[column] > ROUNDING * scale;
        if (exact) {
          fine.add(column);
        }
        fittedMeans[column] = exact ? means[column] : roundedMeans[column];
        scales[column] = constant ? 1 : exact ? scale : roundedScale;
      }
      return new Standardizer(fittedMeans, scales, fine);
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

  /// The columns that are centred before they are rounded to float, counted from 0.
  public List<Integer> fineColumns() {
    return fine.stream().boxed().toList();
  }

  /// The data set with its features standardized; the same one where they stay what they are.
  ///
  /// @throws IllegalArgumentException if it has another number of features
  public Dataset apply(Dataset data) {
    NotNull.check(data, "data");
    check(data.features());
    if (identity) {
      return data;
    }
    if (data.cells() instanceof Cells.Texts texts) {
      return data.withOthers(
          texts,
          (row, column, value) -> {
            double[] exact = data.fine(column);
            return standardized(exact == null ? value : exact[row], column);
          });
    }
    float[] x = data.x();
    apply(x, 0, data.rows());
    for (int column : fineColumns()) {
      double[] exact = data.fine(column);
      for (int row = 0; exact != null && row < exact.length; row++) {
        x[row * means.length + column] = standardized(exact[row], column);
      }
    }
    return data.withOwnX(x);
  }

  /// The rows of a source with their features standardized.
  ///
  /// @throws IllegalArgumentException if it has another number of features
  public RowSource apply(RowSource source) {
    NotNull.check(source, "source");
    check(source.schema().features());
    return identity ? source : new StandardizedSource(source, Optional.of(this), Optional.empty());
  }

  /// The data set with its targets standardized.
  ///
  /// @throws IllegalArgumentException if this was not fitted on one column
  /// @throws IllegalStateException if the task is not regression
  public Dataset applyToTargets(Dataset data) {
    NotNull.check(data, "data");
    double[] targets = data.exactTargets();
    check(1);
    var standardized = new double[targets.length];
    for (int row = 0; row < standardized.length; row++) {
      standardized[row] = standardized(targets[row], 0);
    }
    return data.withOwnTargets(standardized);
  }

  /// The rows of a source with their targets standardized.
  ///
  /// @throws IllegalArgumentException if this was not fitted on one column
  /// @throws IllegalStateException if the task is not regression
  public RowSource applyToTargets(RowSource source) {
    NotNull.check(source, "source");
    checkTargets(source.schema());
    check(1);
    return new StandardizedSource(source, Optional.empty(), Optional.of(this));
  }

  private static void checkTargets(Schema schema) {
    if (schema.task() != Task.REGRESSION) {
      throw new IllegalStateException(
          schema.name() + ": expected targets of a regression, found labels of a classification");
    }
  }

  /// Standardizes rows where they are.
  ///
  /// @param x row-major
  /// @param start the index of the first number of the first row
  /// @param rows how many rows
  /// @throws IndexOutOfBoundsException if the rows are not all in the array
  public void apply(float[] x, int start, int rows) {
    NotNull.check(x, "x");
    for (int row = 0, i = start; row < rows; row++) {
      for (int column = 0; column < means.length; column++, i++) {
        x[i] = (float) ((x[i] - means[column]) / scales[column]);
      }
    }
  }

  /// Standardizes rows of doubles, and rounds them to float: fine columns after they are centred,
  /// the others before.
  ///
  /// @param from row-major
  /// @param to takes as many numbers, row-major
  /// @param rows how many rows
  /// @throws IndexOutOfBoundsException if the rows are not all in the arrays
  public void apply(double[] from, float[] to, int rows) {
    NotNull.check(from, "from");
    NotNull.check(to, "to");
    for (int row = 0, i = 0; row < rows; row++) {
      for (int column = 0; column < means.length; column++, i++) {
        to[i] = standardized(from[i], column);
      }
    }
  }

  float standardized(double value, int column) {
    double number = fine.get(column) ? value : (float) value;
    return (float) ((number - means[column]) / scales[column]);
  }

  /// A sentence for each column in which some numbers that differ are one after they are scaled and
  /// rounded to float: those that lie close to each other, for the scale of the column, as where
  /// one of them is far from all others.
  ///
  /// @param data the features that this was fitted on
  /// @throws IllegalArgumentException if it has another number of features
  public List<String> merged(Dataset data) {
    NotNull.check(data, "data");
    check(data.features());
    var sentences = new ArrayList<String>();
    for (int column = 0; column < means.length; column++) {
      if (!data.columns().isReady(column)) {
        merged(data.featureNames().get(column), data.different(column), column)
            .ifPresent(sentences::add);
      }
    }
    return sentences;
  }

  /// The same sentence of targets.
  ///
  /// @throws IllegalArgumentException if this was not fitted on one column
  /// @throws IllegalStateException if the task is not regression
  public Optional<String> mergedTargets(Dataset data) {
    NotNull.check(data, "data");
    check(1);
    return merged(data.targetName(), data.differentTargets(), 0);
  }

  private Optional<String> merged(String name, double[] different, int column) {
    long left = Arrays.stream(different).map(x -> standardized(x, column)).distinct().count();
    return left == different.length
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s: %,d different values became %,d when they were scaled",
                CsvTable.shown(name),
                different.length,
                left));
  }

  /// Takes a number back to its own unit: `x · scale + mean`.
  ///
  /// @throws IndexOutOfBoundsException if there is no such column
  public double inverted(double x, int column) {
    return x * scales[column] + means[column];
  }

  /// Takes rows back to their own units, where they are: `x ← x · scale + mean`.
  ///
  /// @param x row-major
  /// @param start the index of the first number of the first row
  /// @param rows how many rows
  /// @throws IndexOutOfBoundsException if the rows are not all in the array
  public void invert(float[] x, int start, int rows) {
    NotNull.check(x, "x");
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
        && Arrays.equals(scales, that.scales)
        && fine.equals(that.fine);
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
