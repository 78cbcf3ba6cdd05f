package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows of numbers and categories, some of them missing, with a column to predict: what comes
/// before a [Dataset].
///
/// ```java
/// Table table = Table.read(Path.of("cars.csv"), TableOptions.target("mpg"));
/// TableSplit parts = table.split(0.8, seed);
/// TableEncoding encoding = TableEncoding.fit(parts.train());
/// Dataset train = encoding.apply(parts.train());
/// ```
///
/// **Columns.** One holds numbers, or dates, if all its values are; see [CsvTable] for how they may
/// be written. A few texts among numbers are most likely missing values or mistakes, and are
/// refused, in whatever row they stand: those that look like nothing (`-`, `none`), make up at most
/// a tenth of the numbers, or are few among more than twenty different numbers. All others hold
/// categories, and so do those that [TableOptions] says to; they are told apart by their texts, so
/// that `4` and `4.0` are two where they are categories and one where they are numbers. Only `true`
/// and `false`, `yes` and `no`, are the same in any case. A column in which nearly every value is
/// another text is left out, unless it is said to hold categories: more than 1,000 different ones,
/// or less than two of each on average. [#notes] has the sentence. But where these texts have five
/// words and more on average, the column is one of **texts**, as those are that
/// [TableOptions#withTexts] names (of records no others): their n-grams are features, see
/// [ColumnEncoding.Text].
///
/// **Task.** Texts are classes. Numbers are, if all are whole, there are at most 20 different ones,
/// and each comes twice on average (two always do); otherwise they are a regression. Rows in which
/// the target is missing are left out. Classes are sorted: by size if all are numbers, else by
/// letters.
///
/// **Weights.** A column may say how much each row counts in a training
/// ([TableOptions#withWeight]); it is no feature. A row of weight 0 is left out when the table is
/// read: nothing is learned from it, neither a category nor what kind a column is.
///
/// **Missing values** stay missing here; a [TableEncoding] says what becomes of them.
///
/// An immutable value. Numbers are float inside, and double as well in columns where the difference
/// might be seen.
public final class Table {

  private final String source;
  private final List<Column> columns;
  private final Answers answers;
  private final float @Nullable [] weights;
  private final TableOrigin origin;

  /// A column to learn from.
  ///
  /// @param name what it is called
  /// @param place where it stood, counted from 0
  /// @param categories the categories by number; empty for a column of numbers
  /// @param categorical whether it holds categories
  /// @param dates how its dates were written, where it holds dates
  /// @param values numbers, days of dates, or numbers of categories; NaN where missing
  /// @param texts how its texts, which are the categories, become features, where it holds texts
  /// @param fine the numbers before they were rounded to float; null where that does not matter
  @SuppressWarnings("ArrayRecordComponent") // never compared, and never leaves the package
  record Column(
      String name,
      int place,
      boolean categorical,
      Optional<FieldFormat.Dates> dates,
      List<String> categories,
      Optional<TextForm> texts,
      float[] values,
      double @Nullable [] fine) {

    /// A column of these numbers, days of dates, or numbers of categories.
    static Column of(
        String name,
        int place,
        boolean categorical,
        Optional<FieldFormat.Dates> dates,
        List<String> categories,
        Optional<TextForm> texts,
        double[] values) {
      boolean exact =
          dates.isPresent() || (!categorical && FineColumns.matters(values, values.length));
      return new Column(
          name,
          place,
          categorical,
          dates,
          categories,
          texts,
          Checks.rounded(values),
          exact ? values : null);
    }

    /// The number of a row, or of its category; NaN where it is missing.
    double value(int row) {
      return fine == null ? values[row] : fine[row];
    }

    /// The text of a row of a column of texts; empty where it is missing.
    String text(int row) {
      return Float.isNaN(values[row]) ? "" : categories.get((int) values[row]);
    }

    Column subset(int[] rows) {
      var part = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        part[i] = values[rows[i]];
      }
      return new Column(
          name,
          place,
          categorical,
          dates,
          categories,
          texts,
          part,
          fine == null ? null : FineColumns.picked(fine, rows));
    }
  }

  Table(
      String source,
      List<Column> columns,
      Answers answers,
      float @Nullable [] weights,
      TableOrigin origin) {
    this.weights = weights;
    this.source = source;
    this.columns = List.copyOf(columns);
    this.answers = answers;
    this.origin = origin;
  }

  /// Reads a CSV file, packed by gzip or not; see [CsvTable] for what is read.
  ///
  /// @throws DataException in one sentence that names the file and, where it applies, line, column
  ///   and value: if [CsvTable#read(Path)] refuses it, a column of the options is not there (the
  ///   nearest is named), all values of a column are missing, one in a column of numbers is none or
  ///   beyond the range of float, there are not two classes or different numbers to predict, or no
  ///   column is left to learn from
  public static Table read(Path file, TableOptions options) {
    NotNull.check(file, "file");
    NotNull.check(options, "options");
    if (Files.isRegularFile(file)) {
      return TableReader.read(format -> CsvRows.open(file, format), options);
    }
    // A pipe can be read once.
    try (var packed = Packed.open(file)) {
      return parse(file.toString(), packed.all(), options);
    }
  }

  /// Reads the bytes of a CSV file.
  ///
  /// @param source what messages call it
  /// @throws DataException as [#read]
  public static Table parse(String source, byte[] bytes, TableOptions options) {
    NotNull.check(source, "source");
    NotNull.check(bytes, "bytes");
    NotNull.check(options, "options");
    return TableReader.read(format -> CsvRows.of(source, bytes, format), options);
  }

  /// Records, each component a column: numbers, and as categories text, enums, booleans and
  /// characters; null and NaN are missing values.
  ///
  /// @param records at least two, of one class that this module may look into: a public one in an
  ///   exported package, or one in a package that is open
  /// @throws IllegalArgumentException if a component is of another type, a number is infinite, or
  ///   for what [#read] refuses in a file
  public static <T extends Record> Table ofRecords(List<T> records, TableOptions options) {
    NotNull.check(records, "records");
    NotNull.check(options, "options");
    return Records.table(records, options);
  }

  /// What it was read from.
  public String source() {
    return source;
  }

  /// How many rows have something to predict.
  public int rows() {
    return answers.rows();
  }

  /// What there is to predict.
  public Task task() {
    return answers.task();
  }

  /// Why that is the task: `classification, as 'species' holds 3 different texts`.
  public String taskReason() {
    return origin.taskReason();
  }

  /// How its file was found to be written, with each column that is used: for other files to be
  /// read alike.
  public CsvFormat format() {
    return origin.written().format().ofAnyFile();
  }

  /// The name of what there is to predict.
  public String targetName() {
    return answers.name();
  }

  /// The names of the classes; empty in a regression.
  public List<String> classNames() {
    return answers instanceof Answers.Labels labels ? labels.classNames() : List.of();
  }

  /// The column that says how much rows count, where there is one.
  public Optional<String> weightName() {
    return origin.weight();
  }

  /// The columns to learn from, in their order.
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /// The columns to learn from that hold texts, in their order.
  public List<String> textNames() {
    return columns.stream().filter(column -> column.texts().isPresent()).map(Column::name).toList();
  }

  /// The text of a row of a column of texts; empty where it is missing.
  ///
  /// @throws IllegalArgumentException if there is no such column of texts
  /// @throws IndexOutOfBoundsException if there is no such row
  public String text(String column, int row) {
    NotNull.check(column, "column");
    for (Column known : columns) {
      if (known.name.equals(column) && known.texts.isPresent()) {
        return known.text(row);
      }
    }
    throw new IllegalArgumentException(
        source + ": " + Nearest.sentence("column of texts", column, textNames()));
  }

  /// Whether a column to learn from holds categories, not numbers.
  ///
  /// @throws IllegalArgumentException if there is no such column to learn from
  public boolean isCategorical(String column) {
    NotNull.check(column, "column");
    for (Column known : columns) {
      if (known.name.equals(column)) {
        return known.categorical;
      }
    }
    throw new IllegalArgumentException(
        source + ": " + Nearest.sentence("column", column, columnNames()));
  }

  /// Sentences for the user about what was left out: columns, and rows without a target.
  public List<String> notes() {
    return origin.notes(targetName());
  }

  /// Two parts without a common row, divided as [Dataset#split] does it: the same rows for the same
  /// seed.
  ///
  /// @throws IllegalArgumentException as [Dataset#split]
  public TableSplit split(double trainFraction, long seed) {
    int[][] parts = Splitting.split(answers, weights, trainFraction, seed);
    return new TableSplit(subset(parts[0]), subset(parts[1]));
  }

  /// Parts for a cross-validation, divided as [Dataset#folds] does it.
  ///
  /// @throws IllegalArgumentException as [Dataset#folds]
  public List<TableSplit> folds(int k, long seed) {
    return new Folds<>(
        Splitting.folds(answers, weights, k, seed),
        k,
        (train, test) -> new TableSplit(subset(train), subset(test)));
  }

  /// Some rows, in the order given.
  ///
  /// @throws IllegalArgumentException if there are none
  /// @throws IndexOutOfBoundsException if there is no such row
  public Table subset(int... rows) {
    NotNull.check(rows, "rows");
    if (rows.length == 0) {
      throw new IllegalArgumentException("subset: expected at least 1 row, found none");
    }
    return new Table(
        source,
        columns.stream().map(column -> column.subset(rows)).toList(),
        answers.subset(rows),
        Checks.subset(weights, rows),
        origin);
  }

  /// All rows as features, by means and categories of all of them. For figures about unseen rows,
  /// divide first and fit a [TableEncoding] on the training part.
  ///
  /// @throws DataException as [TableEncoding#fit]
  public Dataset dataset() {
    return TableEncoding.fit(this).apply(this);
  }

  List<Column> columns() {
    return columns;
  }

  Answers answers() {
    return answers;
  }

  float @Nullable [] weights() {
    return weights;
  }

  /// Whether a row counts in a training.
  boolean counts(int row) {
    return weights == null || weights[row] > 0;
  }

  TableOrigin origin() {
    return origin;
  }

  /// `cars.csv: 392 rows, 7 columns, regression of mpg`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %,d row%s, %,d column%s, %s",
        source,
        rows(),
        rows() == 1 ? "" : "s",
        columns.size(),
        columns.size() == 1 ? "" : "s",
        answers.summary());
  }
}
