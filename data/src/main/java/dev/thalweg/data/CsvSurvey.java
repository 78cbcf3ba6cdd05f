package dev.thalweg.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/// What one pass over a text table tells of it: what a [Table] would know, without its rows, and
/// the encoding of some of them.
///
/// @param encoding fitted on the rows that were kept
/// @param kept how many those are
/// @param origin what the table was
/// @param incomplete the columns in which values are missing
record CsvSurvey(TableEncoding encoding, long kept, TableOrigin origin, List<String> incomplete) {

  /// @param written how the file was found to be
  /// @param fitted which rows, counted from 0, the encoding is fitted on
  static CsvSurvey of(Path file, TableOptions options, FoundFormat written, LongPredicate fitted) {
    try (var rows = CsvRows.open(file, written.format())) {
      var roles = new ColumnRoles(rows, options);
      var columns = new CsvColumns(rows, roles);
      var task = new TaskFinder(roles, options.task());
      var fitters = new ColumnFitter[rows.names().size()];
      var present = new long[rows.names().size()];
      for (int column : roles.features()) {
        fitters[column] = new ColumnFitter(columns.dates(column), roles.texts(column));
      }
      long labelled = 0;
      long unlabelled = 0;
      long kept = 0;
      long weightless = 0;
      long index = 0;
      for (CsvRow row = rows.next(); row != null; row = rows.next()) {
        if (columns.isWeightless(row)) {
          weightless++;
          continue;
        }
        double target = columns.value(row, roles.target());
        boolean fit = fitted.test(index++) && !Double.isNaN(target);
        kept += fit ? 1 : 0;
        for (int column : roles.features()) {
          if (roles.texts(column).isPresent()) {
            String text = columns.text(row, column);
            present[column] += Double.isNaN(target) || text.isEmpty() ? 0 : 1;
            if (fit) {
              fitters[column].add(text);
            }
            continue;
          }
          double value = columns.value(row, column);
          if (!Double.isNaN(target)) {
            present[column] += Double.isNaN(value) ? 0 : 1;
          }
          if (fit) {
            fitters[column].add(value, columns.isCategorical(column));
          }
        }
        if (Double.isNaN(target)) {
          unlabelled++;
        } else {
          labelled++;
          if (roles.weight() >= 0) {
            columns.weight(row, roles.weight());
          }
          if (!columns.isCategorical(roles.target())) {
            task.add(target);
          }
        }
      }
      if (labelled == 0) {
        throw weightless > 0 && unlabelled == 0
            ? roles.noWeight(weightless)
            : roles.nothingToPredict(unlabelled);
      }
      ColumnChoice choice = ColumnChoice.of(roles, columns, present, labelled);
      TaskFinder.Found found =
          columns.isCategorical(roles.target())
              ? task.ofTexts(columns.categories(roles.target()), labelled)
              : task.ofNumbers();
      var encodings = new ArrayList<ColumnEncoding>();
      var incomplete = new ArrayList<String>();
      for (int column : choice.used()) {
        if (present[column] < labelled && !columns.isCategorical(column)) {
          incomplete.add(rows.names().get(column));
        }
        encodings.add(
            fitters[column].fitted(
                rows.source(),
                rows.names().get(column),
                column,
                columns.isCategorical(column),
                columns.categories(column)));
      }
      var encoding =
          new TableEncoding(
              options.target(),
              roles.target(),
              found.task(),
              found.classNames(),
              rows.names().size(),
              encodings,
              roles.weightName(),
              written.learned());
      var origin =
          new TableOrigin(
              rows.names().size(),
              roles.target(),
              roles.weightName(),
              found.reason(),
              choice.leftOut(),
              written,
              unlabelled,
              weightless);
      return new CsvSurvey(encoding.checked(rows.source()), kept, origin, incomplete);
    }
  }
}
