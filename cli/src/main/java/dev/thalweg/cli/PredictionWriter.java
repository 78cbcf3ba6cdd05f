package dev.thalweg.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/// Predictions as CSV, a few rows at a time: a header, then for each row what [PredictionColumns]
/// say.
final class PredictionWriter {

  private final PredictionColumns columns;
  private final List<String> fields;
  private final Writer to;

  /// Leaves the stream open.
  PredictionWriter(PredictionColumns columns, Writer to) {
    this.columns = columns;
    this.fields = columns.classNames().stream().map(PredictionWriter::field).toList();
    this.to = to;
  }

  void header() throws IOException {
    to.write(
        columns.names().stream()
            .map(PredictionWriter::field)
            .collect(Collectors.joining(",", "", "\n")));
  }

  /// Rows of probabilities, or of numbers.
  void rows(Predictions predictions) throws IOException {
    for (var row = 0; row < predictions.rows(); row++) {
      for (var text : predictions.kept(row)) {
        to.write(field(text));
        to.write(',');
      }
      if (fields.isEmpty()) {
        to.write(predictions.number(row).toString());
      } else {
        var label = predictions.label(row);
        to.write(fields.get(label));
        if (!columns.probabilities()) {
          to.write(',');
          to.write(Float.toString(predictions.value(row, label)));
        }
        for (var i = 0; columns.probabilities() && i < fields.size(); i++) {
          to.write(',');
          to.write(Float.toString(predictions.value(row, i)));
        }
      }
      to.write('\n');
    }
  }

  /// A text as a field of CSV, in quotes where it must be.
  static String field(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
            || !text.strip().equals(text)
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : text;
  }
}
