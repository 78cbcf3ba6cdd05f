package dev.thalweg.cli;

import dev.thalweg.optim.PathPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The path of a minimisation as a table: an iteration a line, and as many variables as fit.
final class PathTable {

  private static final int GAP = 2;
  private static final String MORE = "…";

  private PathTable() {}

  /// The table.
  ///
  /// @param variables in the order of the points' coordinates
  /// @param columns the width to stay within
  static String text(List<String> variables, List<PathPoint> path, int columns) {
    var iterations = new ArrayList<>(List.of("iteration"));
    var values = new ArrayList<>(List.of("value"));
    var norms = new ArrayList<>(List.of("gradient norm"));
    for (var point : path) {
      iterations.add(Long.toString(point.iteration()));
      values.add(Numbers.shortText(point.value()));
      norms.add(Numbers.shortText(point.gradientNorm()));
    }
    var left = columns - width(iterations) - width(values) - width(norms) - 2 * GAP;
    var shown = new ArrayList<List<String>>();
    shown.add(iterations);
    for (var i = 0; i < variables.size(); i++) {
      var column = column(variables.get(i), path, i);
      var last = i == variables.size() - 1;
      left -= GAP + width(column);
      if (left < (last ? 0 : GAP + MORE.length()) && i > 0) {
        shown.add(Collections.nCopies(path.size() + 1, MORE));
        break;
      }
      shown.add(column);
    }
    shown.add(values);
    shown.add(norms);
    var table = new Table().alignedRight();
    for (var row = 0; row <= path.size(); row++) {
      var at = row;
      table.row(shown.stream().map(column -> column.get(at)).toArray(String[]::new));
    }
    return table.toString();
  }

  private static List<String> column(String variable, List<PathPoint> path, int index) {
    var column = new ArrayList<>(List.of(variable));
    for (var point : path) {
      column.add(Numbers.shortText(point.point()[index]));
    }
    return column;
  }

  private static int width(List<String> column) {
    return column.stream().mapToInt(cell -> cell.codePointCount(0, cell.length())).max().orElse(0);
  }
}
