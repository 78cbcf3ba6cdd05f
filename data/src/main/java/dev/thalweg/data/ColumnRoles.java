package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import java.util.List;
import java.util.stream.IntStream;

/// What each column of a table is for.
final class ColumnRoles {

  private final String source;
  private final List<String> names;
  private final int target;
  private final boolean[] categorical;
  private final int[] features;

  /// @throws DataException if a column of the options is not there, or the target is ignored
  ColumnRoles(String source, List<String> names, TableOptions options) {
    this.source = source;
    this.names = names;
    this.target = place(options.target());
    this.categorical = new boolean[names.size()];
    for (String name : options.categorical()) {
      categorical[place(name)] = true;
    }
    var ignored = new boolean[names.size()];
    for (String name : options.ignored()) {
      ignored[place(name)] = true;
    }
    if (ignored[target]) {
      throw new DataException(
          "%s: column %s cannot be both ignored and predicted"
              .formatted(source, CsvTable.quoted(options.target())));
    }
    this.features =
        IntStream.range(0, names.size()).filter(c -> c != target && !ignored[c]).toArray();
  }

  private int place(String name) {
    int place = names.indexOf(name);
    if (place < 0) {
      throw new DataException(source + ": " + Nearest.sentence("column", name, names));
    }
    return place;
  }

  String source() {
    return source;
  }

  List<String> names() {
    return names;
  }

  /// The place of the column to predict.
  int target() {
    return target;
  }

  /// Whether a column is said to be one of categories.
  boolean isCategorical(int column) {
    return categorical[column];
  }

  /// The places of the columns to learn from.
  int[] features() {
    return features;
  }

  /// `t.csv, column 3 ('hp')`
  String named(int column) {
    return "%s, column %d (%s)".formatted(source, column + 1, CsvTable.quoted(names.get(column)));
  }

  /// That no row has a target.
  DataException nothingToPredict(long rows) {
    return new DataException(
        "%s: expected values to predict, found none in %d rows".formatted(named(target), rows));
  }

  /// Why no feature is left, where that is so.
  DataException nothingLeft(List<String> leftOut) {
    return new DataException(
        leftOut.isEmpty()
            ? "%s: expected a column beside %s to learn from, found none"
                .formatted(source, CsvTable.quoted(names.get(target)))
            : "%s: no column is left to learn from, the texts of %s hardly repeat; --categorical %s keeps them"
                .formatted(source, String.join(" and ", leftOut), String.join(",", leftOut)));
  }
}
