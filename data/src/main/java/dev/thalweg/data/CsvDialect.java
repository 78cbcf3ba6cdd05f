package dev.thalweg.data;

import java.util.List;

/// How a text table is written, found in its first lines; see [CsvFormat] and [CsvTable] for the
/// rules.
///
/// @param separator what divides fields; a space is white space of any length
/// @param spaced whether there is white space between a separator and a quote
/// @param header whether the first line holds names
/// @param units whether the line after the names holds units of measure, and is no row
/// @param decimal the sign before a fraction, where a column does not say
record CsvDialect(char separator, boolean spaced, boolean header, boolean units, char decimal) {

  /// How many lines are looked at.
  static final int LINES = 1000;

  // In the order of preference: the rarer a sign is in numbers and names, the earlier.
  private static final char[] SEPARATORS = {'\t', ';', '|', ','};

  /// The dialect as far as a text shows it before it is divided into rows.
  ///
  /// @param head the first lines
  static CsvDialect of(String head, CsvFormat format) {
    char separator = format.separator().orElseGet(() -> separator(head));
    return new CsvDialect(
        separator, separator != ' ' && spaced(head, separator), false, false, '.');
  }

  /// The dialect with what the first rows show.
  CsvDialect completed(List<CsvRow> rows, CsvFormat format) {
    if (rows.isEmpty()) {
      return this;
    }
    var first = new FirstRows(rows, format, separator);
    boolean names = format.header().orElseGet(first::haveNames);
    return new CsvDialect(separator, spaced, names, names && first.haveUnits(), first.decimal());
  }

  /// The separator by which most lines have as many fields as the first, at least two; white space
  /// where it divides all lines alike, and no sign does or fields would be aligned by spaces.
  static char separator(String head) {
    char best = ',';
    double most = 0;
    for (char separator : SEPARATORS) {
      double agreeing = agreeing(head, separator);
      if (agreeing > most) {
        best = separator;
        most = agreeing;
      }
    }
    boolean mayBeSpaces = most < 1 || best == '\t';
    return mayBeSpaces && AlignedText.of(head).divides(most > 0) ? ' ' : best;
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
}
