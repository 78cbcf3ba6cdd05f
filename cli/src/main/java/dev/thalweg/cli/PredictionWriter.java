package dev.thalweg.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/// Predictions as CSV, a few rows at a time: a header, then for each row `prediction`, and the
/// probability of each class.
final class PredictionWriter {

  private final List<String> classNames;
  private final List<String> fields;
  private final Writer to;

  /// Leaves the stream open.
  ///
  /// @param classNames in the order of the probabilities; empty where numbers are predicted
  PredictionWriter(List<String> classNames, Writer to) {
    this.classNames = classNames;
    this.fields = classNames.stream().map(PredictionWriter::field).toList();
    this.to = to;
  }

  void header() throws IOException {
    to.write(
        fields.stream()
            .map(name -> "," + name)
            .collect(Collectors.joining("", "prediction", "\n")));
  }

  /// Rows of probabilities, or of numbers.
  void rows(Predictions predictions) throws IOException {
    for (var row = 0; row < predictions.rows(); row++) {
      if (classNames.isEmpty()) {
        to.write(Float.toString(predictions.value(row, 0)));
      } else {
        to.write(fields.get(predictions.best(row)));
        for (var i = 0; i < classNames.size(); i++) {
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
