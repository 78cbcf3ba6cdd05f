package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import java.util.List;
import java.util.stream.IntStream;

/// Finds in a table the columns that a model was trained on.
final class Columns {

  private Columns() {}

  /// The places of the features.
  static int[] of(CsvTable table, List<String> featureNames) {
    int expected = featureNames.size();
    if (table.hasHeader()) {
      return featureNames.stream().mapToInt(table::column).toArray();
    }
    if (table.columns() != expected && table.columns() != expected + 1) {
      throw new DataException(
          "%s: expected %d columns (or %d with the answers last) as there is no line of names, found %d"
              .formatted(table.source(), expected, expected + 1, table.columns()));
    }
    return IntStream.range(0, expected).toArray();
  }

  /// The place of the answers.
  static int target(CsvTable table, int features, String targetName) {
    if (table.hasHeader()) {
      return table.column(targetName);
    }
    if (table.columns() != features + 1) {
      throw new DataException(
          "%s: expected %d columns, the answers last, as there is no line of names, found %d"
              .formatted(table.source(), features + 1, table.columns()));
    }
    return features;
  }

  static int label(CsvTable table, int row, int column, List<String> classNames) {
    String field = table.text(row, column);
    int label = classNames.indexOf(field);
    if (label < 0 && Numbers.isNumber(field)) {
      double number = Double.parseDouble(field);
      for (int i = 0; i < classNames.size() && label < 0; i++) {
        String name = classNames.get(i);
        label = Numbers.isNumber(name) && Double.parseDouble(name) == number ? i : -1;
      }
    }
    if (label < 0) {
      throw table.wrong(
          row,
          column,
          field.isEmpty()
              ? "is empty"
              : Nearest.sentence("class", CsvTable.shown(field), classNames));
    }
    return label;
  }
}
