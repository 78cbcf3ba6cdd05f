package dev.thalweg.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Collects rows into a [Table].
final class TableReader {

  private final ColumnRoles roles;
  private final TableOptions options;
  private final double[][] values;
  private final long[] present;
  private double[] targets = new double[64];
  private double[] weights = new double[0];
  private int rows;
  private long unlabelled;
  private long weightless;

  TableReader(ColumnRoles roles, TableOptions options) {
    this.roles = roles;
    this.options = options;
    this.values = new double[roles.names().size()][0];
    this.present = new long[roles.names().size()];
    for (int column : roles.features()) {
      values[column] = new double[targets.length];
    }
  }

  /// All rows of a file, which is read twice: to find how it is written, and what is in it.
  ///
  /// @param open opens the file, written so
  static Table read(Function<CsvFormat, CsvRows> open, TableOptions options) {
    FoundFormat found;
    try (CsvRows rows = open.apply(options.format())) {
      found = FoundFormat.of(rows, options);
    }
    try (CsvRows rows = open.apply(found.format())) {
      return read(rows, found.with(options), found);
    }
  }

  private static Table read(CsvRows rows, TableOptions options, FoundFormat found) {
    try {
      var roles = new ColumnRoles(rows, options);
      var columns = new CsvColumns(rows, roles);
      var reader = new TableReader(roles, options);
      var fields = new double[rows.names().size()];
      for (CsvRow row = rows.next(); row != null; row = rows.next()) {
        if (columns.isWeightless(row)) {
          reader.weightless();
          continue;
        }
        fields[roles.target()] = columns.value(row, roles.target());
        for (int column : roles.features()) {
          fields[column] = columns.value(row, column);
        }
        if (roles.weight() >= 0 && !Double.isNaN(fields[roles.target()])) {
          fields[roles.weight()] = columns.weight(row, roles.weight());
        }
        reader.add(fields);
      }
      return reader.table(columns, found);
    } catch (OutOfMemoryError e) {
      throw new DataException(rows.source() + ": larger than the memory", e);
    }
  }

  /// Counts a row of weight 0, which is not added.
  void weightless() {
    weightless++;
  }

  /// Adds a row: a number, or the number of a category, for each column; NaN where missing. A
  /// weight has been checked.
  void add(double[] fields) {
    if (Double.isNaN(fields[roles.target()])) {
      unlabelled++;
      return;
    }
    if (rows == targets.length) {
      int more = rows < 1 << 29 ? 2 * rows : Integer.MAX_VALUE - 8;
      targets = Arrays.copyOf(targets, more);
      for (int column : roles.features()) {
        values[column] = Arrays.copyOf(values[column], more);
      }
    }
    if (roles.weight() >= 0) {
      weights = weights.length < targets.length ? Arrays.copyOf(weights, targets.length) : weights;
      weights[rows] = fields[roles.weight()];
    }
    targets[rows] = fields[roles.target()];
    for (int column : roles.features()) {
      values[column][rows] = fields[column];
      present[column] += Double.isNaN(fields[column]) ? 0 : 1;
    }
    rows++;
  }

  /// The table of all rows.
  ///
  /// @throws DataException if there is nothing to predict, or nothing to learn from
  Table table(ColumnKinds kinds, FoundFormat written) {
    if (rows == 0) {
      throw weightless > 0 && unlabelled == 0
          ? roles.noWeight(weightless)
          : roles.nothingToPredict(unlabelled);
    }
    ColumnChoice choice = ColumnChoice.of(roles, kinds, present, rows);
    var columns = new ArrayList<Table.Column>();
    for (int column : choice.used()) {
      columns.add(
          Table.Column.of(
              roles.names().get(column),
              column,
              kinds.isCategorical(column),
              kinds.dates(column),
              List.copyOf(kinds.categories(column)),
              roles.texts(column),
              Arrays.copyOf(values[column], rows)));
      values[column] = new double[0];
    }
    TaskFinder.Found found = task(kinds);
    return new Table(
        roles.source(),
        columns,
        answers(kinds, found),
        weights(),
        new TableOrigin(
            roles.names().size(),
            roles.target(),
            roles.weightName(),
            found.reason(),
            choice.leftOut(),
            written,
            unlabelled,
            weightless));
  }

  private float @Nullable [] weights() {
    if (roles.weight() < 0) {
      return null;
    }
    return Checks.rounded(Arrays.copyOf(weights, rows));
  }

  private TaskFinder.Found task(ColumnKinds kinds) {
    var finder = new TaskFinder(roles, options.task());
    if (kinds.isCategorical(roles.target())) {
      return finder.ofTexts(kinds.categories(roles.target()), rows);
    }
    for (int row = 0; row < rows; row++) {
      finder.add(targets[row]);
    }
    return finder.ofNumbers();
  }

  private Answers answers(ColumnKinds kinds, TaskFinder.Found found) {
    String name = roles.names().get(roles.target());
    if (found.task() == Task.REGRESSION) {
      return new Answers.Targets(Arrays.copyOf(targets, rows), name);
    }
    Map<String, Integer> places =
        IntStream.range(0, found.classNames().size())
            .boxed()
            .collect(Collectors.toMap(found.classNames()::get, Function.identity()));
    List<String> texts = kinds.categories(roles.target());
    boolean categorical = kinds.isCategorical(roles.target());
    var labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      String text = categorical ? texts.get((int) targets[row]) : TaskFinder.name(targets[row]);
      labels[row] = places.getOrDefault(text, -1);
    }
    return new Answers.Labels(labels, found.classNames(), name);
  }
}
