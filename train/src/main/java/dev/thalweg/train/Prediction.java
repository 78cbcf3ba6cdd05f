package dev.thalweg.train;

import dev.thalweg.data.RowNotes;
import dev.thalweg.kernels.Nearest;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a model says of one row: a class and the probability of each, or a number; and what of the
/// row it did not know.
///
/// ```java
/// Prediction answer = fitted.predict(new Offer(80, 3, "north"));
/// double price = answer.value();
/// if (!answer.unknown().isEmpty()) { … }
/// ```
///
/// After a loss that knows no probabilities, such as hinge, those of the classes are in the right
/// order, and no more.
public final class Prediction {

  private final List<String> classNames;
  private final int label;
  private final double[] values;
  private final RowNotes notes;

  /// Takes the array as it is.
  ///
  /// @param classNames in the order of the probabilities; empty in a regression
  /// @param label the number of the class, -1 in a regression
  /// @param values the probabilities, or the number
  Prediction(List<String> classNames, int label, double[] values, RowNotes notes) {
    this.classNames = classNames;
    this.label = label;
    this.values = values;
    this.notes = notes;
  }

  /// The name of the class: the most probable one, or what the model's [Decision] makes of the
  /// probabilities.
  ///
  /// @throws IllegalStateException in a regression
  public String label() {
    return classNames.get(labelIndex());
  }

  /// The number of the class, an index of the model's class names.
  ///
  /// @throws IllegalStateException in a regression
  public int labelIndex() {
    expectClasses("label");
    return label;
  }

  /// The probability of the class that is predicted.
  ///
  /// @throws IllegalStateException in a regression
  public double probability() {
    return values[labelIndex()];
  }

  /// The probability of a class.
  ///
  /// @throws IllegalStateException in a regression
  /// @throws IllegalArgumentException if there is no such class
  public double probability(String label) {
    expectClasses("probability");
    int index = classNames.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException(Nearest.sentence("class", label, classNames));
    }
    return values[index];
  }

  /// The probabilities by class, in the model's order.
  ///
  /// @throws IllegalStateException in a regression
  public SequencedMap<String, Double> probabilities() {
    expectClasses("probabilities");
    SequencedMap<String, Double> map = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      map.put(classNames.get(i), values[i]);
    }
    return Collections.unmodifiableSequencedMap(map);
  }

  /// The number of a regression.
  ///
  /// @throws IllegalStateException in a classification
  public double value() {
    if (!classNames.isEmpty()) {
      throw new IllegalStateException(
          "value: expected a regression, found classes; label() and probabilities() are its"
              + " answer");
    }
    return values[0];
  }

  private void expectClasses(String asked) {
    if (classNames.isEmpty()) {
      throw new IllegalStateException(
          asked + ": expected classes, found a regression; value() is its answer");
    }
  }

  /// The columns whose value was missing, and became what the training knows to put there.
  public List<String> missing() {
    return notes.missing();
  }

  /// By column the categories that the training rows did not have: the model knows nothing of them.
  public Map<String, String> unknown() {
    return notes.unknown();
  }

  /// Two are the same if they say the same, to the bit, of rows with the same notes.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Prediction that
        && classNames.equals(that.classNames)
        && label == that.label
        && Arrays.equals(values, that.values)
        && notes.equals(that.notes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + notes.hashCode();
  }

  /// `setosa (0.9981)`, or the number; then what was missing or not known.
  @Override
  public String toString() {
    var text =
        new StringBuilder(
            classNames.isEmpty()
                ? Double.toString(values[0])
                : String.format(Locale.ROOT, "%s (%.4f)", label(), probability()));
    if (!missing().isEmpty()) {
      text.append(", missing: ").append(String.join(", ", missing()));
    }
    unknown()
        .forEach((column, category) ->
            text.append(", unknown: ").append(column).append(' ').append(category));
    return text.toString();
  }
}
