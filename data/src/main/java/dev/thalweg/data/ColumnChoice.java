package dev.thalweg.data;

import java.util.ArrayList;
import java.util.List;

/// Which columns of a table are learned from, once all their values were seen.
///
/// @param used their places, at least one
/// @param leftOut the names of those whose texts hardly repeat
record ColumnChoice(List<Integer> used, List<String> leftOut) {

  /// So few texts may all be different.
  static final int FEW = 20;

  /// @param present how many values each column has
  /// @param rows how many rows have a target
  /// @throws DataException if a column has no value, or none is left
  static ColumnChoice of(ColumnRoles roles, ColumnKinds kinds, long[] present, long rows) {
    var used = new ArrayList<Integer>();
    var leftOut = new ArrayList<String>();
    var empty = new ArrayList<Integer>();
    for (int column : roles.features()) {
      if (hardlyRepeats(roles, kinds, column, present[column])) {
        leftOut.add(roles.names().get(column));
      } else if (present[column] == 0) {
        empty.add(column);
      } else {
        used.add(column);
      }
    }
    if (!empty.isEmpty()) {
      throw roles.empty(empty, rows);
    }
    if (used.isEmpty()) {
      throw roles.nothingLeft(leftOut);
    }
    return new ColumnChoice(used, leftOut);
  }

  private static boolean hardlyRepeats(
      ColumnRoles roles, ColumnKinds kinds, int column, long present) {
    return roles.texts(column).isEmpty() && differ(roles, kinds, column, present);
  }

  private static boolean differ(ColumnRoles roles, ColumnKinds kinds, int column, long present) {
    return kinds.isText(column)
        || (kinds.isCategorical(column)
            && !roles.isCategorical(column)
            && 2L * kinds.categories(column).size() > Math.max(present, FEW));
  }
}
