package dev.thalweg.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A field of a column, the first of those that are like it, and how many these are.
final class SeenField {

  final String text;
  final long line;
  long count;

  /// @param line where it stands, counted from 1
  SeenField(String text, long line) {
    this.text = text;
    this.line = line;
  }

  /// Counts a field among those with the same key.
  static SeenField counted(Map<Integer, SeenField> by, int key, CsvRow row, int column) {
    SeenField seen = by.get(key);
    if (seen == null) {
      seen = new SeenField(row.field(column), row.line());
      by.put(key, seen);
    }
    seen.count++;
    return seen;
  }

  /// Counts a field as one more of its kind.
  ///
  /// @param seen the first of them, if there was one
  static SeenField one(@Nullable SeenField seen, CsvRow row, int column) {
    SeenField known = seen == null ? new SeenField(row.field(column), row.line()) : seen;
    known.count++;
    return known;
  }

  /// How many fields there are whose keys have a bit.
  static long count(Map<Integer, SeenField> by, int bit) {
    long count = 0;
    for (var entry : by.entrySet()) {
      count += (entry.getKey() & bit) != 0 ? entry.getValue().count : 0;
    }
    return count;
  }

  /// `'1.5' (line 3)`
  @Override
  public String toString() {
    return "%s (line %d)".formatted(CsvTable.quoted(text), line);
  }
}
