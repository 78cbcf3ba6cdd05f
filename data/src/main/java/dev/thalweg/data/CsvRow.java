package dev.thalweg.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;
import java.util.List;

/// A row of a text table: its fields, without white space around them, end to end.
///
/// @param line the line in the file at which the row begins, counted from 1
/// @param text all fields
/// @param ends where in the text each field ends
@SuppressWarnings("ArrayRecordComponent") // never compared; a class would say the same in 30 lines
record CsvRow(long line, String text, int[] ends) {

  private static final List<String> INFINITE = List.of("inf", "infinity", "∞");

  int fields() {
    return ends.length;
  }

  int start(int column) {
    return column == 0 ? 0 : ends[column - 1];
  }

  int end(int column) {
    return ends[column];
  }

  String field(int column) {
    return text.substring(start(column), end(column));
  }

  /// The field as a number; NaN where it is none.
  double number(int column, char decimal) {
    return Numbers.parse(text, start(column), end(column), decimal);
  }

  /// Whether the field is an infinity, in any spelling.
  boolean isInfinite(int column) {
    int from = start(column);
    from += from < end(column) && (text.charAt(from) == '-' || text.charAt(from) == '+') ? 1 : 0;
    for (String infinity : INFINITE) {
      if (end(column) - from == infinity.length()
          && text.regionMatches(true, from, infinity, 0, infinity.length())) {
        return true;
      }
    }
    return false;
  }

  /// Makes rows of what the parser finds.
  static final class Handler extends AbstractBaseCsvCallbackHandler<CsvRow> {

    private static final int MAXIMUM_FIELDS = 1 << 20;

    private long line;
    private char[] text = new char[256];
    private int length;
    private int[] ends = new int[16];
    private int fields;

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
      length = 0;
      fields = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int count, boolean quoted) {
      int start = offset;
      int end = offset + count;
      while (start < end && Character.isWhitespace(buffer[start])) {
        start++;
      }
      while (end > start && Character.isWhitespace(buffer[end - 1])) {
        end--;
      }
      if (fields == MAXIMUM_FIELDS) {
        throw new DataException("more than %d fields in line %d".formatted(fields, line));
      }
      if (length > Integer.MAX_VALUE / 2 - (end - start)) {
        throw new DataException("more than a billion characters in line %d".formatted(line));
      }
      if (length + end - start > text.length) {
        text = Arrays.copyOf(text, Math.max(length + end - start, 2 * text.length));
      }
      System.arraycopy(buffer, start, text, length, end - start);
      length += end - start;
      if (fields == ends.length) {
        ends = Arrays.copyOf(ends, 2 * fields);
      }
      ends[fields++] = length;
    }

    @Override
    protected CsvRow buildRecord() {
      return new CsvRow(line, new String(text, 0, length), Arrays.copyOf(ends, fields));
    }
  }
}
