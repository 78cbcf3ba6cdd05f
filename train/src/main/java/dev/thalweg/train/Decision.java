package dev.thalweg.train;

import dev.thalweg.kernels.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;

/// How probabilities become a class, and which class a question of yes or no is about.
///
/// Without a threshold the most probable class is predicted. With a threshold t the positive class
/// is predicted where its probability is at least t, and else the most probable of the others.
///
/// ```java
/// var careful = fitted.withPositive("malignant").withThreshold(0.2);
/// careful.evaluate(test).recall();      // of malignant
/// ```
///
/// @param positive the name of the class that precision, recall, F1 and the areas under curves are
///   about; of two classes the second unless one is named
/// @param threshold in (0, 1)
/// @param temperature what the outputs have been divided by ([FittedModel#calibrated]); 1 where
///   nothing was done. The weights of the last layer are already divided
public record Decision(Optional<String> positive, OptionalDouble threshold, double temperature) {

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException if the threshold does not lie between 0 and 1, or the
  ///   temperature is not positive
  public Decision {
    if (threshold.isPresent() && !(threshold.getAsDouble() > 0 && threshold.getAsDouble() < 1)) {
      throw new IllegalArgumentException(
          "threshold must lie in (0, 1), found " + threshold.getAsDouble());
    }
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("temperature must lie in (0, ∞), found " + temperature);
    }
  }

  /// The most probable class.
  public static Decision standard() {
    return new Decision(Optional.empty(), OptionalDouble.empty(), 1);
  }

  /// About this class.
  public Decision withPositive(String className) {
    return new Decision(Optional.of(className), threshold, temperature);
  }

  /// With this threshold.
  ///
  /// @throws IllegalArgumentException if it does not lie between 0 and 1
  public Decision withThreshold(double probability) {
    return new Decision(positive, OptionalDouble.of(probability), temperature);
  }

  Decision withTemperature(double divisor) {
    return new Decision(positive, threshold, divisor);
  }

  /// Whether it fits these classes.
  ///
  /// @throws IllegalArgumentException if there are none, none has the name of the positive one, or
  ///   there are more than two, of which none is named
  void check(List<String> classNames) {
    if (positive.isPresent() && classNames.isEmpty()) {
      throw new IllegalArgumentException("positive: expected classes, found a regression");
    }
    if (threshold.isPresent() && classNames.isEmpty()) {
      throw new IllegalArgumentException("threshold: expected classes, found a regression");
    }
    positive.ifPresent(name -> {
      if (!classNames.contains(name)) {
        throw new IllegalArgumentException(
            "positive: " + Nearest.sentence("class", name, classNames));
      }
    });
    if (threshold.isPresent() && positiveOf(classNames).isEmpty()) {
      throw new IllegalArgumentException(
          "threshold: expected a positive class to be named, as there are "
              + classNames.size()
              + " classes");
    }
  }

  /// The number of the positive class: the named one, or the second of two.
  OptionalInt positiveOf(List<String> classNames) {
    return positive
        .map(name -> OptionalInt.of(classNames.indexOf(name)))
        .orElseGet(() -> classNames.size() == 2 ? OptionalInt.of(1) : OptionalInt.empty());
  }

  /// The class that is predicted.
  ///
  /// @param probability of each class, or anything that grows with it where there is no threshold
  int label(List<String> classNames, IntToDoubleFunction probability) {
    int sure = -1;
    if (threshold.isPresent()) {
      sure = positiveOf(classNames).orElseThrow();
      if (probability.applyAsDouble(sure) >= threshold.getAsDouble()) {
        return sure;
      }
    }
    int best = -1;
    double most = Double.NaN;
    for (int k = 0; k < classNames.size(); k++) {
      double value = k == sure ? Double.NaN : probability.applyAsDouble(k);
      if (k != sure && (best < 0 || value > most)) {
        best = k;
        most = value;
      }
    }
    return best;
  }
}
