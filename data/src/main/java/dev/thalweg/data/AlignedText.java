package dev.thalweg.data;

/// Lines whose fields may be aligned by spaces, or divided by white space of any length.
///
/// @param lines how many there are, empty ones not counted
/// @param fields how many fields each of them has, 0 where they differ
/// @param wide whether each line has two signs of white space in a row, or begins with one
/// @param numbers whether some field of the last line is a number
record AlignedText(int lines, int fields, boolean wide, boolean numbers) {

  /// Looks at the first lines of a text; the last, which may be cut, is left out where there are
  /// more than two.
  static AlignedText of(String head) {
    int lines = 0;
    int fields = -1;
    boolean wide = true;
    boolean numbers = false;
    int whole = head.length();
    if (head.length() >= CsvRows.HEAD) {
      whole = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r')) + 1;
    }
    int start = 0;
    var shape = new NumberShape();
    while (start < whole && lines < CsvDialect.LINES) {
      int end = start;
      while (end < whole && head.charAt(end) != '\n' && head.charAt(end) != '\r') {
        end++;
      }
      int count = 0;
      boolean gap = false;
      boolean number = false;
      for (int i = start; i < end; ) {
        int begin = i;
        while (i < end && isWhite(head.charAt(i))) {
          i++;
        }
        gap |= i - begin > 1 || (i > begin && begin == start);
        int field = i;
        boolean quoted = i < end && head.charAt(i) == '"';
        for (boolean inside = quoted; i < end && (inside || !isWhite(head.charAt(i))); i++) {
          inside ^= quoted && i > field && head.charAt(i) == '"';
        }
        count += i > field ? 1 : 0;
        number |= i > field && shape.scan(head, field, i) != 0;
      }
      if (count > 0) {
        lines++;
        fields = fields < 0 || fields == count ? count : 0;
        wide &= gap;
        numbers = number;
      }
      start = end + 1;
    }
    return new AlignedText(lines, Math.max(0, fields), wide, numbers);
  }

  /// Whether white space divides the lines.
  ///
  /// @param others whether a sign may divide them as well: spaces have to align fields then
  boolean divides(boolean others) {
    return lines > 1 && fields > 1 && numbers && (wide || !others);
  }

  static boolean isWhite(char c) {
    return c == ' ' || c == '\t';
  }
}
