package dev.thalweg.data;

import java.util.ArrayList;
import java.util.List;

/// How a text table is written, once all its rows were looked at.
///
/// @param format with all that was found: separator, names, and each column that is used
/// @param notes sentences for the user
record FoundFormat(CsvFormat format, List<String> notes) {

  /// Reads all rows that are left.
  ///
  /// @throws DataException if a column can't be used as it is
  static FoundFormat of(CsvRows rows, TableOptions options) {
    var roles = new ColumnRoles(rows, options);
    FileSurvey survey = FileSurvey.of(rows, roles.weight());
    FileSurvey.Columns columns = survey.columns(roles);
    var notes = new ArrayList<>(rows.notes());
    notes.addAll(columns.notes());
    return new FoundFormat(
        rows.format()
            .withSeparator(rows.dialect().separator())
            .withHeader(rows.dialect().header())
            .withColumns(columns.formats()),
        notes);
  }
}
