package dev.thalweg.data;

import java.util.List;

/// How a text table is written, found in its first lines; see [CsvFormat] and [CsvTable] for the
/// rules.
///
/// @param separator what divides fields
/// @param spaced whether there is white space between a separator and a quote
/// @param header whether the first line holds names
/// @param decimal the sign before a fraction
record CsvDialect(char separator, boolean spaced, boolean header, char decimal) {

  /// How many lines are looked at.
  static final int LINES = 1000;

  // In the order of preference: the rarer a sign is in numbers and names, the earlier.
  private static final char[] SEPARATORS = {'\t', ';', '|', ','};

  /// The dialect as far as a text shows it before it is divided into rows.
  ///
  /// @param head the first lines
  static CsvDialect of(String head, CsvFormat format) {
    char separator = format.separator().orElseGet(() -> separator(head));
    return new CsvDialect(separator, spaced(head, separator), false, '.');
  }

  /// The dialect with what the first rows show.
  CsvDialect completed(List<CsvRow> rows, CsvFormat format) {
    char sign = format.decimal().orElseGet(() -> separator == ',' ? '.' : decimal(rows));
    return new CsvDialect(
        separator, spaced, format.header().orElseGet(() -> header(rows, format, sign)), sign);
  }

  /// The separator by which most lines have as many fields as the first, at least two.
  private static char separator(String head) {
    char best = ',';
    double most = 0;
    for (char separator : SEPARATORS) {
      double agreeing = agreeing(head, separator);
      if (agreeing > most) {
        best = separator;
        most = agreeing;
      }
    }
    return best;
  }

  /// The share of the lines that have as many fields as the first one; 0 where that has only one.
  private static double agreeing(String head, char separator) {
    int first = 0;
    int count = 1;
    int lines = 0;
    int agreeing = 0;
    boolean quoted = false;
    boolean mayOpen = true;
    boolean blank = true;
    for (int i = 0; i <= head.length() && lines < LINES; i++) {
      char c = i < head.length() ? head.charAt(i) : '\n';
      if (c == '"' && (quoted || mayOpen)) {
        quoted = !quoted;
        // A second one within a quoted text opens it again.
        mayOpen = !quoted;
        blank = false;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        if (!blank) {
          first = lines == 0 ? count : first;
          agreeing += count == first ? 1 : 0;
          lines++;
        }
        count = 1;
        blank = true;
        mayOpen = true;
      } else if (!quoted) {
        count += c == separator ? 1 : 0;
        blank = false;
        // After any sign that may divide fields: which one does is what is looked for.
        mayOpen =
            c == separator
                || c == ','
                || c == ';'
                || c == '\t'
                || c == '|'
                || (mayOpen && c == ' ');
      }
    }
    return first < 2 ? 0 : (double) agreeing / lines;
  }

  private static boolean spaced(String head, char separator) {
    for (int i = head.indexOf('"'); i >= 0; i = head.indexOf('"', i + 1)) {
      int before = i - 1;
      while (before >= 0 && head.charAt(before) == ' ') {
        before--;
      }
      if (before < i - 1 && before >= 0 && head.charAt(before) == separator) {
        return true;
      }
    }
    return false;
  }

  /// The comma, if some field is a number with it and none is one with a point.
  private static char decimal(List<CsvRow> rows) {
    boolean comma = false;
    for (CsvRow row : rows) {
      for (int column = 0; column < row.fields(); column++) {
        boolean point = !Double.isNaN(row.number(column, '.'));
        if (point && row.text().substring(row.start(column), row.end(column)).contains(".")) {
          return '.';
        }
        comma |= !point && !Double.isNaN(row.number(column, ','));
      }
    }
    return comma ? ',' : '.';
  }

  /// Names, if no field of the first line is a number, or one is a text above nothing but numbers.
  private static boolean header(List<CsvRow> rows, CsvFormat format, char decimal) {
    if (rows.isEmpty()) {
      return false;
    }
    CsvRow first = rows.getFirst();
    boolean numbers = false;
    for (int column = 0; column < first.fields(); column++) {
      if (first.isNumber(column, decimal)) {
        numbers = true;
      } else if (!format.isMissing(first, column) && isNumeric(rows, column, format, decimal)) {
        return true;
      }
    }
    return !numbers;
  }

  /// Whether a column has numbers below its first line, and nothing else.
  private static boolean isNumeric(List<CsvRow> rows, int column, CsvFormat format, char decimal) {
    boolean any = false;
    for (CsvRow row : rows.subList(1, rows.size())) {
      if (column < row.fields() && !format.isMissing(row, column)) {
        if (!row.isNumber(column, decimal)) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }
}
