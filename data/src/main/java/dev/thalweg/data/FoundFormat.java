package dev.thalweg.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a text table is written, once all its rows were looked at.
///
/// @param format with all that was found: separator, first line, names, and each column that is
///   used
/// @param notes sentences for the user
/// @param texts the columns of texts that nobody named
/// @param separator the one that was said, where the file by itself shows another
record FoundFormat(
    CsvFormat format, List<String> notes, List<String> texts, Optional<Character> separator) {

  /// What is learned from the table for other files: as [CsvFormat#learned], and a separator that
  /// had to be said.
  CsvFormat learned() {
    return separator.map(format.learned()::withSeparator).orElseGet(format::learned);
  }

  /// What to make of the table, with the columns of texts that were found.
  TableOptions with(TableOptions options) {
    return options.withTexts(
        Stream.concat(options.texts().stream(), texts.stream()).toArray(String[]::new));
  }

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
        rows.found().withColumns(columns.formats()),
        notes,
        survey.texts(roles),
        rows.saidSeparator());
  }
}
