package dev.thalweg.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What a model says of some rows: for each the probability of every class, or a number.
final class Predictions {

  private final List<String> classNames;
  private final double[] values;

  /// Takes the array as it is.
  ///
  /// @param classNames in the order of the probabilities; empty where numbers are predicted
  /// @param values row after row
  Predictions(List<String> classNames, double[] values) {
    this.classNames = classNames;
    this.values = values;
  }

  private int width() {
    return Math.max(1, classNames.size());
  }

  int rows() {
    return values.length / width();
  }

  /// The most probable class, the first of several.
  int best(int row) {
    var best = 0;
    for (var i = 1; i < width(); i++) {
      if (value(row, i) > value(row, best)) {
        best = i;
      }
    }
    return best;
  }

  /// The probability of a class, or the number that is predicted.
  float value(int row, int column) {
    return (float) values[row * width() + column];
  }

  /// For each row an object: `prediction`, and `probabilities` by class.
  List<Map<String, Object>> json() {
    return IntStream.range(0, rows()).mapToObj(this::json).toList();
  }

  private Map<String, Object> json(int row) {
    var json = new LinkedHashMap<String, Object>();
    if (classNames.isEmpty()) {
      json.put("prediction", value(row, 0));
      return json;
    }
    json.put("prediction", classNames.get(best(row)));
    var probabilities = new LinkedHashMap<String, Object>();
    for (var i = 0; i < classNames.size(); i++) {
      probabilities.put(classNames.get(i), value(row, i));
    }
    json.put("probabilities", probabilities);
    return json;
  }
}
