package dev.thalweg.data;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The fields of a text table as numbers and categories, each column as the file was found or said
/// to be written.
final class CsvColumns implements ColumnKinds {

  static final int MOST_CLASSES = 1 << 16;

  private final CsvRows rows;
  private final ColumnRoles roles;
  private final boolean[] categorical;
  private final boolean[] texts;
  private final @Nullable Categories[] categories;

  /// @param rows in whose format there is each column that is used
  CsvColumns(CsvRows rows, ColumnRoles roles) {
    this.rows = rows;
    this.roles = roles;
    int count = rows.names().size();
    this.categorical = new boolean[count];
    this.texts = new boolean[count];
    this.categories = new @Nullable Categories[count];
    for (int column = 0; column < count; column++) {
      categorical[column] =
          rows.format().columns().get(rows.names().get(column)) instanceof FieldFormat.Texts;
      categories[column] = categorical[column] ? new Categories() : null;
    }
  }

  @Override
  public boolean isCategorical(int column) {
    return categorical[column];
  }

  @Override
  public boolean isText(int column) {
    return texts[column];
  }

  @Override
  public Optional<FieldFormat.Dates> dates(int column) {
    return rows.fieldFormat(column) instanceof FieldFormat.Dates dates
        ? Optional.of(dates)
        : Optional.empty();
  }

  @Override
  public List<String> categories(int column) {
    Categories known = categories[column];
    return known == null ? List.of() : known.texts();
  }

  /// A field as a number, days for a date, or the number of its category; NaN where it is missing.
  ///
  /// @throws DataException if it is text in a column of numbers, or beyond the range of float
  double value(CsvRow row, int column) {
    if (rows.format().isMissing(row, column)) {
      return Double.NaN;
    }
    return categorical[column] ? category(row, column) : number(row, column);
  }

  /// The text of a column of texts; empty where it is missing.
  String text(CsvRow row, int column) {
    return rows.format().isMissing(row, column) ? "" : row.field(column);
  }

  /// How much a row counts.
  ///
  /// @throws DataException if it is missing, no number, negative, or beyond the range of float
  double weight(CsvRow row, int column) {
    if (rows.format().isMissing(row, column)) {
      throw rows.wrong(row, column, "expected the weight of the row, found none");
    }
    double number = rows.anyNumber(row, column);
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
    return roles.weight() >= 0 && (float) rows.anyNumber(row, roles.weight()) == 0;
  }

  private double number(CsvRow row, int column) {
    double number = rows.number(row, column);
    if (Double.isNaN(number)) {
      throw rows.wrong(row, column, CsvTable.quoted(row.field(column)) + " is not a number");
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
    if (column != roles.target()
        && code == MOST_CATEGORIES
        && !roles.isCategorical(column)
        && roles.texts(column).isEmpty()) {
      texts[column] = true;
      categories[column] = null;
      return Double.NaN;
    }
    return code;
  }
}
