package dev.thalweg.cli;

import dev.thalweg.data.Task;
import dev.thalweg.train.ConfusionMatrix;
import dev.thalweg.train.Decision;
import dev.thalweg.train.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The figures of an evaluation, for people and for programs.
final class Metrics {

  /// Classes up to which each of them is shown.
  private static final int SHOWN_CLASSES = 20;

  private Metrics() {}

  /// Adds a row for each figure.
  ///
  /// @param prefix before each name: `test `
  static void rows(Table table, String prefix, Evaluation evaluation) {
    if (evaluation.task() == Task.CLASSIFICATION) {
      table.row(prefix + "accuracy", number(evaluation.accuracy()) + topAccuracies(evaluation));
      table.row(prefix + "loss", number(evaluation.loss()));
      table.row(
          prefix + "F1",
          "%s, precision %s, recall %s, %s"
              .formatted(
                  number(evaluation.f1()),
                  number(evaluation.precision()),
                  number(evaluation.recall()),
                  averaging(evaluation)));
      table.row(
          prefix + "ROC AUC",
          "%s, log-loss %s, PR AUC %s, Brier score %s"
              .formatted(
                  number(evaluation.rocAuc()),
                  number(evaluation.logLoss()),
                  number(evaluation.prAuc()),
                  number(evaluation.brier())));
    } else {
      table.row(prefix + "R²", number(evaluation.r2()));
      table.row(
          prefix + "mean absolute error",
          number(evaluation.mae()) + ", root of the mean square " + number(evaluation.rmse()));
      table.row(prefix + "loss", number(evaluation.loss()));
    }
  }

  private static String topAccuracies(Evaluation evaluation) {
    var text = new StringBuilder();
    evaluation
        .values()
        .forEach((name, value) -> {
          if (name.startsWith("top_")) {
            text.append(", among the first ")
                .append(name.replaceAll("\\D", ""))
                .append(' ')
                .append(number(value));
          }
        });
    return text.toString();
  }

  private static String averaging(Evaluation evaluation) {
    var names = evaluation.outcomes().classNames();
    var decision = evaluation.outcomes().decision();
    return decision
        .positive()
        .or(() -> names.size() == 2 ? Optional.of(names.get(1)) : Optional.empty())
        .map(name -> "of " + name + threshold(decision))
        .orElse("means over the classes");
  }

  private static String threshold(Decision decision) {
    return decision.threshold().isPresent()
        ? " from " + Numbers.text(decision.threshold().getAsDouble(), 4) + " on"
        : "";
  }

  /// The figures of each class and how classes are confused, after an empty line; nothing in a
  /// regression or of very many classes.
  static String details(Evaluation evaluation) {
    if (evaluation.task() != Task.CLASSIFICATION
        || evaluation.outcomes().classes() > SHOWN_CLASSES) {
      return "";
    }
    var matrix = evaluation.confusion();
    return "\n" + matrix.report() + "\n" + matrix;
  }

  /// All metrics by their names; of classes also `classes`, the figures of each, and
  /// `confusion_matrix`, a row for each true class.
  ///
  /// @param prefix before each name: `test_`
  static Map<String, Object> json(String prefix, Evaluation evaluation) {
    var json = new LinkedHashMap<String, Object>();
    evaluation.values().forEach((name, value) -> json.put(prefix + name, value));
    if (evaluation.task() == Task.CLASSIFICATION) {
      var matrix = evaluation.confusion();
      json.put(prefix + "classes", classes(matrix));
      json.put(prefix + "confusion_matrix", counts(matrix));
    }
    return json;
  }

  private static List<Object> classes(ConfusionMatrix matrix) {
    var classes = new ArrayList<Object>();
    for (var k = 0; k < matrix.classes(); k++) {
      var figures = new LinkedHashMap<String, Object>();
      figures.put("class", matrix.classNames().get(k));
      figures.put("precision", matrix.precision(k));
      figures.put("recall", matrix.recall(k));
      figures.put("f1", matrix.f1(k));
      figures.put("rows", matrix.support(k));
      classes.add(figures);
    }
    return classes;
  }

  private static List<Object> counts(ConfusionMatrix matrix) {
    var rows = new ArrayList<Object>();
    for (var truth = 0; truth < matrix.classes(); truth++) {
      var row = new ArrayList<Object>();
      for (var predicted = 0; predicted < matrix.classes(); predicted++) {
        row.add(matrix.count(truth, predicted));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
