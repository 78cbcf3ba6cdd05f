package dev.thalweg.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// What the first rows of a text table show: whether the first holds names, and the second units.
final class FirstRows {

  private static final Set<String> UNITS =
      Set.of(
          "m", "cm", "mm", "km", "ft", "in", "mi", "kg", "g", "mg", "t", "lb", "lbs", "s", "ms",
          "sec", "min", "h", "hr", "d", "days", "years", "°c", "°f", "k", "pa", "hpa", "bar", "v",
          "a", "w", "kw", "kwh", "hz", "m/s", "km/h", "mph", "l", "ml", "ppm", "%", "$", "€", "£",
          "eur", "usd", "m2", "m²", "m3", "m³", "mol", "n", "j");

  private final List<CsvRow> rows;
  private final CsvFormat format;
  private final Set<String> known;
  private final char separator;
  private final CsvRow first;
  private final FileSurvey below;
  private final NumberShape shape = new NumberShape();
  private final DateText dates = new DateText();

  /// @param rows at least one
  FirstRows(List<CsvRow> rows, CsvFormat format, char separator) {
    this.rows = rows;
    this.format = format.withColumns(Map.of());
    this.known = format.columns().keySet();
    this.separator = separator;
    this.first = rows.getFirst();
    this.below = survey(1);
  }

  private FileSurvey survey(int from) {
    var names = IntStream.range(0, first.fields()).mapToObj(Integer::toString).toList();
    return FileSurvey.of(
        "", names, format, separator, rows.subList(Math.min(from, rows.size()), rows.size()));
  }

  /// The sign before fractions.
  char decimal() {
    return (rows.size() == 1 ? survey(0) : below).decimal();
  }

  /// Whether the first row holds names: at least half of those of the columns that are known, where
  /// some are, and only these where they are called by their places; or else a text stands above
  /// numbers or dates, or a date above numbers; or else it has neither numbers nor dates, and its
  /// texts do not come again below it.
  boolean haveNames() {
    if (haveKnownNames()) {
      return true;
    }
    if (!known.isEmpty() && known.stream().allMatch(CsvRows::isPlace)) {
      return false;
    }
    boolean values = false;
    for (int column = 0; column < first.fields(); column++) {
      if (format.isMissing(first, column)) {
        continue;
      }
      boolean number = isNumber(first, column);
      boolean date = isDate(first, column);
      ColumnCounts under = below.column(column);
      if ((under.isNumbers() && !number) || (under.isDates() && !date)) {
        return true;
      }
      values |= number || date;
    }
    return !values && !comesAgain();
  }

  private boolean haveKnownNames() {
    long found =
        IntStream.range(0, first.fields()).mapToObj(first::field).filter(known::contains).count();
    return found > 0 && 2 * found >= known.size();
  }

  /// Whether at least half of the texts of the first row come again in their columns.
  private boolean comesAgain() {
    int texts = 0;
    int again = 0;
    for (int column = 0; column < first.fields(); column++) {
      if (!format.isMissing(first, column)) {
        texts++;
        again += isBelow(column) ? 1 : 0;
      }
    }
    return again > 0 && 2 * again >= texts;
  }

  private boolean isBelow(int column) {
    String text = first.field(column);
    return rows.subList(1, rows.size()).stream()
        .anyMatch(row ->
            column < row.fields()
                && row.end(column) - row.start(column) == text.length()
                && row.text().startsWith(text, row.start(column)));
  }

  /// Whether the row after the names holds units of measure: a text in each column that has numbers
  /// from there on, in at least two, or one that is known as a unit; and no number.
  boolean haveUnits() {
    if (rows.size() < 4 || rows.get(1).fields() != first.fields()) {
      return false;
    }
    CsvRow row = rows.get(1);
    FileSurvey under = survey(2);
    int units = 0;
    boolean known = false;
    for (int column = 0; column < row.fields(); column++) {
      if (isNumber(row, column) || isDate(row, column)) {
        return false;
      }
      if (under.column(column).isNumbers() && !format.isMissing(row, column)) {
        String text = row.field(column);
        units += StrayTexts.isNothing(text) && !isUnit(text) ? 0 : 1;
        known |= isUnit(text);
      }
    }
    return units > 1 || known;
  }

  private static boolean isUnit(String text) {
    boolean brackets =
        text.length() > 2
            && ((text.startsWith("(") && text.endsWith(")"))
                || (text.startsWith("[") && text.endsWith("]")));
    return brackets || UNITS.contains(text.toLowerCase(Locale.ROOT));
  }

  private boolean isNumber(CsvRow row, int column) {
    return shape.scan(row.text(), row.start(column), row.end(column)) != 0
        || row.isInfinite(column);
  }

  private boolean isDate(CsvRow row, int column) {
    return dates.scan(row.text(), row.start(column), row.end(column)) != 0;
  }
}
