package dev.thalweg.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows of cells, printed in aligned columns two spaces apart.
final class Table {

  private final List<List<String>> rows = new ArrayList<>();
  private boolean right;

  /// Cells stand at the right of their columns: for numbers. The last column is padded too, so its
  /// cells should be short.
  Table alignedRight() {
    right = true;
    return this;
  }

  /// Adds a row; rows may differ in length.
  Table row(String... cells) {
    rows.add(Arrays.stream(cells).map(Shown::inLine).toList());
    return this;
  }

  /// The rows, each on its line. The last cell of a row is not padded.
  @Override
  public String toString() {
    var widths = new ArrayList<Integer>();
    for (var row : rows) {
      for (var i = 0; i < row.size(); i++) {
        if (i == widths.size()) {
          widths.add(0);
        }
        // The last cell may be a whole sentence; it widens no column.
        if (right || i < row.size() - 1) {
          widths.set(i, Math.max(widths.get(i), length(row.get(i))));
        }
      }
    }
    var text = new StringBuilder();
    for (var row : rows) {
      for (var i = 0; i < row.size(); i++) {
        var gap = widths.get(i) - length(row.get(i));
        if (right) {
          text.repeat(' ', i == 0 ? gap : gap + 2).append(row.get(i));
        } else {
          text.append(row.get(i));
          if (i < row.size() - 1) {
            text.repeat(' ', gap + 2);
          }
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
