package dev.thalweg.cli;

import dev.thalweg.data.Task;
import dev.thalweg.train.Evaluation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The figures of an evaluation, for people and for programs.
final class Metrics {

  private Metrics() {}

  /// Adds a row for each figure.
  ///
  /// @param prefix before each name: `test `
  static void rows(Table table, String prefix, Evaluation evaluation) {
    if (evaluation.task() == Task.CLASSIFICATION) {
      table.row(prefix + "accuracy", number(evaluation.accuracy()));
    } else {
      table.row(prefix + "R²", number(evaluation.r2()));
      table.row(prefix + "mean absolute error", number(evaluation.meanAbsoluteError()));
    }
    table.row(prefix + "loss", number(evaluation.loss()));
  }

  /// `rows`, `loss`, and `accuracy`, or `r2` and `mae`.
  static Map<String, Object> json(Evaluation evaluation) {
    var json = new LinkedHashMap<String, Object>();
    json.put("rows", evaluation.rows());
    json.put("loss", evaluation.loss());
    if (evaluation.task() == Task.CLASSIFICATION) {
      json.put("accuracy", evaluation.accuracy());
    } else {
      json.put("r2", evaluation.r2());
      json.put("mae", evaluation.meanAbsoluteError());
    }
    return json;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
