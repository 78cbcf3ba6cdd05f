package dev.thalweg.data;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of a text table as numbers and categories.
///
/// A column is one of numbers if its first value that is not missing is a number, or an infinity,
/// which is refused; a later one that is not is refused. Columns that are said to be categorical,
/// and all others, hold categories.
final class CsvColumns implements ColumnKinds {

  static final int MOST_CLASSES = 1 << 16;

  private final CsvRows rows;
  private final ColumnRoles roles;
  private final Kind[] kinds;
  private final long[] firstLines;
  private final @Nullable Categories[] categories;

  private enum Kind {
    /// No value was seen yet.
    UNKNOWN,
    NUMBERS,
    CATEGORIES,
    /// So many different texts that they are none.
    TEXTS
  }

  CsvColumns(CsvRows rows, ColumnRoles roles) {
    this.rows = rows;
    this.roles = roles;
    int count = rows.names().size();
    this.kinds = new Kind[count];
    Arrays.fill(kinds, Kind.UNKNOWN);
    this.firstLines = new long[count];
    this.categories = new @Nullable Categories[count];
  }

  @Override
  public boolean isCategorical(int column) {
    return kinds[column] == Kind.CATEGORIES || kinds[column] == Kind.TEXTS;
  }

  @Override
  public boolean isText(int column) {
    return kinds[column] == Kind.TEXTS;
  }

  @Override
  public List<String> categories(int column) {
    Categories known = categories[column];
    return known == null ? List.of() : known.texts();
  }

  /// A field as a number, or the number of its category; NaN where it is missing.
  ///
  /// @throws DataException if it is text in a column of numbers, or beyond the range of float
  double value(CsvRow row, int column) {
    if (rows.format().isMissing(row, column)) {
      return Double.NaN;
    }
    if (kinds[column] == Kind.UNKNOWN) {
      boolean text = !row.isNumber(column, rows.dialect().decimal());
      kinds[column] = text || roles.isCategorical(column) ? Kind.CATEGORIES : Kind.NUMBERS;
      firstLines[column] = row.line();
      categories[column] = kinds[column] == Kind.CATEGORIES ? new Categories() : null;
    }
    return switch (kinds[column]) {
      case NUMBERS -> number(row, column);
      case CATEGORIES -> category(row, column);
      case TEXTS, UNKNOWN -> Double.NaN;
    };
  }

  /// How much a row counts.
  ///
  /// @throws DataException if it is missing, no number, negative, or beyond the range of float
  double weight(CsvRow row, int column) {
    if (rows.format().isMissing(row, column)) {
      throw rows.wrong(row, column, "expected the weight of the row, found none");
    }
    double number = row.number(column, rows.dialect().decimal());
    if (!(number >= 0 && (float) number < Float.POSITIVE_INFINITY)) {
      throw rows.wrong(
          row,
          column,
          "expected the weight of the row, a number of at least 0, found "
              + CsvTable.quoted(row.field(column)));
    }
    return number;
  }

  /// Whether a row has the weight 0: it is as if it were not there.
  boolean isWeightless(CsvRow row) {
    return roles.weight() >= 0 && (float) row.number(roles.weight(), rows.dialect().decimal()) == 0;
  }

  private double number(CsvRow row, int column) {
    double number = rows.number(row, column);
    if (Double.isNaN(number)) {
      String name = rows.names().get(column);
      throw rows.wrong(
          row,
          column,
          "%s is not a number, and the first value of the column (line %d) is one; --categorical %s takes its values for categories"
              .formatted(
                  CsvTable.quoted(row.field(column)), firstLines[column], CsvTable.word(name)));
    }
    return number;
  }

  private double category(CsvRow row, int column) {
    Categories known = categories[column];
    if (known == null) {
      return Double.NaN;
    }
    int code = known.add(rows.category(row, column));
    if (column == roles.target() && code == MOST_CLASSES) {
      throw new DataException(
          "%s: expected classes, found more than %d different texts"
              .formatted(roles.named(column), MOST_CLASSES));
    }
    if (column != roles.target() && code == MOST_CATEGORIES && !roles.isCategorical(column)) {
      kinds[column] = Kind.TEXTS;
      categories[column] = null;
      return Double.NaN;
    }
    return code;
  }
}
