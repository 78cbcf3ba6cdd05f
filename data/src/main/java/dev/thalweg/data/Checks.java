package dev.thalweg.data;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every data set is held to, and the one place where double becomes float.
final class Checks {

  private Checks() {}

  static float[] floats(double[][] features) {
    if (features.length == 0) {
      throw new IllegalArgumentException("features: expected at least 1 row, found none");
    }
    int width = features[0].length;
    if (width == 0) {
      throw new IllegalArgumentException(
          "features: expected at least 1 column, found none (row 0)");
    }
    var x = new float[Math.multiplyExact(features.length, width)];
    for (int row = 0; row < features.length; row++) {
      if (features[row].length != width) {
        throw new IllegalArgumentException(
            "features: expected %d numbers as in row 0, found %d (row %d)"
                .formatted(width, features[row].length, row));
      }
      for (int column = 0; column < width; column++) {
        float value = (float) features[row][column];
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "features: expected a finite float, found %s (row %d, column %d)"
                  .formatted(features[row][column], row, column));
        }
        x[row * width + column] = value;
      }
    }
    return x;
  }

  /// How many classes there are where labels count from 0; at least 1.
  ///
  /// @throws IllegalArgumentException if they count from 1, or one is beyond what can be a class
  static int classes(int... labels) {
    var seen = new BitSet();
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] >= CsvColumns.MOST_CLASSES) {
        throw new IllegalArgumentException(
            "labels: expected classes from 0 to %d, found %d (row %d)"
                .formatted(CsvColumns.MOST_CLASSES - 1, labels[row], row));
      }
      seen.set(Math.max(0, labels[row])); // a negative one is refused with the others
    }
    if (!seen.get(0) && seen.cardinality() > 1 && seen.cardinality() == seen.length() - 1) {
      throw new IllegalArgumentException(
          "labels: expected classes that count from 0, found all from 1 to %d and no 0; subtract 1 from each, or name the classes by Dataset.classification(name, x, features, labels, classNames)"
              .formatted(seen.cardinality()));
    }
    return Math.max(1, seen.length());
  }

  /// That `x` is `rows × features`, neither of them 0.
  ///
  /// @param what gives the number of rows
  static void size(float[] x, int features, int rows, String what) {
    if (features < 1) {
      throw new IllegalArgumentException("features: expected at least 1, found " + features);
    }
    if (rows < 1 && x.length == 0) {
      throw new IllegalArgumentException("features: expected at least 1 row, found none");
    }
    if (x.length != (long) rows * features) {
      throw new IllegalArgumentException(
          x.length % features == 0
              ? "%s: expected %d, one for each row, found %d"
                  .formatted(what, x.length / features, rows)
              : "features: expected %d × %d = %d numbers, found %d"
                  .formatted(rows, features, (long) rows * features, x.length));
    }
  }

  static void finite(float[] x, List<String> featureNames) {
    int width = featureNames.size();
    for (int i = 0; i < x.length; i++) {
      if (!Float.isFinite(x[i])) {
        throw new IllegalArgumentException(
            "features: expected a finite number, found %s (row %d, column %d, '%s')"
                .formatted(x[i], i / width, i % width, featureNames.get(i % width)));
      }
    }
  }

  /// Weights of rows as floats.
  ///
  /// @throws IllegalArgumentException if there is not one for each row, one is negative or no
  ///   finite float, or all are 0
  static float[] weights(double[] weights, int rows) {
    if (weights.length != rows) {
      throw new IllegalArgumentException(
          "sample weights: expected one for each of %d rows, found %d"
              .formatted(rows, weights.length));
    }
    var floats = new float[rows];
    boolean positive = false;
    for (int row = 0; row < rows; row++) {
      floats[row] = (float) weights[row];
      if (!(floats[row] >= 0 && floats[row] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "sample weights: expected finite numbers of at least 0, found %s (row %d)"
                .formatted(weights[row], row));
      }
      positive |= floats[row] > 0;
    }
    if (!positive) {
      throw new IllegalArgumentException(
          "sample weights: expected one above 0, found only zeros in %d rows".formatted(rows));
    }
    return floats;
  }

  /// Numbers as floats.
  static float[] rounded(double[] values) {
    var floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /// Floats as doubles.
  static double[] widened(float[] values) {
    var doubles = new double[values.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /// The weights of some rows, where there are weights.
  static float @Nullable [] subset(float @Nullable [] weights, int[] rows) {
    if (weights == null) {
      return null;
    }
    var subset = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      subset[i] = weights[rows[i]];
    }
    return subset;
  }

  /// That an epoch is none before the first.
  static void epoch(int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch: expected at least 0, found " + epoch);
    }
  }

  /// That there is room for as many weights as answers.
  static void room(float[] weights, float[] answers) {
    roomForWeights(weights.length, answers.length);
  }

  private static void roomForWeights(int weights, int answers) {
    if (weights < answers) {
      throw new IllegalArgumentException(
          "read: expected room for %d weights, found %d".formatted(answers, weights));
    }
  }

  /// That there is room for a row, and for as many features as answers.
  static void room(float[] x, float[] answers, int features) {
    room(x.length, answers.length, features);
  }

  /// That there is room for a row, and for as many features and weights as answers.
  static void room(double[] x, double[] answers, float[] weights, int features) {
    room(x.length, answers.length, features);
    roomForWeights(weights.length, answers.length);
  }

  private static void room(int x, int answers, int features) {
    if (answers == 0 || x / features < answers) {
      throw new IllegalArgumentException(
          "read: expected room for at least 1 row of %d features, and for as many answers, found %d and %d numbers"
              .formatted(features, x, answers));
    }
  }

  /// That there are as many names as expected, and no two the same.
  static void names(String kind, List<String> names, int expected) {
    if (names.size() != expected || names.isEmpty()) {
      throw new IllegalArgumentException(
          "%s names: expected %d, found %d".formatted(kind, Math.max(1, expected), names.size()));
    }
    var places = new HashMap<String, Integer>();
    for (int i = 0; i < names.size(); i++) {
      Integer before = places.put(names.get(i), i);
      if (before != null) {
        throw new IllegalArgumentException(
            "%s names: expected different names, found '%s' twice (%d and %d)"
                .formatted(kind, names.get(i), before, i));
      }
    }
  }
}
