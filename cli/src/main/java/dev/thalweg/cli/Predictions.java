package dev.thalweg.cli;

import dev.thalweg.train.FittedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a model says of some rows: for each the probability of every class, or a number.
final class Predictions {

  private final PredictionColumns columns;
  private final FittedModel model;
  private final double[] values;
  private final List<List<String>> kept;

  /// Takes the array as it is.
  ///
  /// @param values row after row
  /// @param kept for each row the texts of the columns that are kept; empty where none are
  Predictions(
      PredictionColumns columns, FittedModel model, double[] values, List<List<String>> kept) {
    this.columns = columns;
    this.model = model;
    this.values = values;
    this.kept = kept;
  }

  private int width() {
    return Math.max(1, columns.classNames().size());
  }

  int rows() {
    return values.length / width();
  }

  /// The class that is predicted: the most probable, the first of several, or as the model's
  /// threshold decides.
  int label(int row) {
    var probabilities = new double[width()];
    for (var i = 0; i < probabilities.length; i++) {
      probabilities[i] = value(row, i);
    }
    return model.decide(probabilities);
  }

  /// The probability of a class.
  float value(int row, int column) {
    return (float) values[row * width() + column];
  }

  /// The number that is predicted: as the network says it, a float, or a double where it was scaled
  /// back to the unit of the targets.
  Number number(int row) {
    var value = values[row];
    if (model.preprocessing().targetStandardizer().isPresent()) {
      return value;
    }
    return (float) value;
  }

  /// The texts of the columns that are kept.
  List<String> kept(int row) {
    return kept.isEmpty() ? List.of() : kept.get(row);
  }

  /// For each row an object: the columns that are kept, `prediction`, and of classes its
  /// `probability` and `probabilities` by class.
  List<Map<String, Object>> json() {
    return IntStream.range(0, rows()).mapToObj(this::json).toList();
  }

  private Map<String, Object> json(int row) {
    var json = new LinkedHashMap<String, Object>();
    var texts = kept(row);
    for (var i = 0; i < texts.size(); i++) {
      json.put(columns.kept().get(i), texts.get(i));
    }
    if (columns.classNames().isEmpty()) {
      json.put("prediction", number(row));
      return json;
    }
    var label = label(row);
    json.put("prediction", columns.classNames().get(label));
    json.put("probability", value(row, label));
    var probabilities = new LinkedHashMap<String, Object>();
    for (var i = 0; i < columns.classNames().size(); i++) {
      probabilities.put(columns.classNames().get(i), value(row, i));
    }
    json.put("probabilities", probabilities);
    return json;
  }
}
