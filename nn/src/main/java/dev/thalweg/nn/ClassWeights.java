package dev.thalweg.nn;

import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Span;
import java.util.Arrays;
import java.util.List;

/// How much the samples of each class count in a loss.
///
/// A mean is then Σ wᵢ lᵢ / Σ wᵢ with the weight of each sample's class, as PyTorch's `weight`
/// (Keras' `class_weight` divides by the number of samples). A distribution over classes counts as
/// much as its classes do, Σ wc tc; so a class index and its one-hot distribution are the same.
///
/// @param balanced whether the weights are still to be made of the data: n / (k nc) for class c
///   with nc of n samples in k classes, as scikit-learn's `balanced`; [Loss#forClasses] makes them
/// @param values one a class; empty where all classes count 1, or the weights are balanced
public record ClassWeights(boolean balanced, List<Double> values) {

  /// All classes count 1.
  public static final ClassWeights NONE = new ClassWeights(false, List.of());

  /// Each class counts as much as another, however many samples it has.
  public static final ClassWeights BALANCED = new ClassWeights(true, List.of());

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException if one is negative or not finite, or all are 0
  public ClassWeights {
    values = List.copyOf(values);
    for (double value : values) {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "class_weights: expected finite numbers of at least 0, found " + value);
      }
    }
    if (!values.isEmpty() && values.stream().allMatch(v -> v == 0)) {
      throw new IllegalArgumentException("class_weights: expected one above 0, found only zeros");
    }
    if (balanced && !values.isEmpty()) {
      throw new IllegalArgumentException("class_weights: expected 'balanced' or numbers, not both");
    }
  }

  /// These weights, one a class.
  ///
  /// @throws IllegalArgumentException if there is none, one is negative or not finite, or all are 0
  public static ClassWeights of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("class_weights: expected a number for each class");
    }
    return new ClassWeights(false, Arrays.stream(values).boxed().toList());
  }

  /// Whether all classes count 1.
  boolean none() {
    return !balanced && values.isEmpty();
  }

  /// These weights as numbers; a class without a sample gets 0.
  ClassWeights forClasses(long... counts) {
    if (!balanced) {
      return this;
    }
    double samples = Arrays.stream(counts).sum();
    return of(
        Arrays.stream(counts)
            .mapToDouble(n -> n == 0 ? 0 : samples / (counts.length * (double) n))
            .toArray());
  }

  /// The weight of each class.
  ///
  /// @throws IllegalArgumentException if there are not as many weights as classes, or they are
  ///   still to be made
  double[] numbers(String loss, int classes) {
    if (balanced) {
      throw new IllegalArgumentException(
          loss + ": balanced class weights must be made of the data first, by forClasses(counts)");
    }
    if (!values.isEmpty() && values.size() != classes) {
      throw new IllegalArgumentException(
          loss + ": expected " + classes + " class weights, found " + values.size());
    }
    double[] numbers = new double[classes];
    for (int i = 0; i < classes; i++) {
      numbers[i] = values.isEmpty() ? 1 : values.get(i);
    }
    return numbers;
  }

  /// Reads `balanced` or `(1, 2, 0.5)`.
  static ClassWeights parse(String what, CallValue value) {
    if (value instanceof CallValue.Tuple tuple && !tuple.values().isEmpty()) {
      double[] numbers = tuple.values().stream().mapToDouble(v -> v.asDouble(what)).toArray();
      try {
        return of(numbers);
      } catch (IllegalArgumentException wrong) {
        throw value.span().error(String.valueOf(wrong.getMessage()));
      }
    }
    if (value instanceof CallValue.Word word && word.text().equals("balanced")) {
      return BALANCED;
    }
    if (value instanceof CallValue.Constant constant
        && constant.kind() == CallValue.Constant.Kind.NONE) {
      return NONE;
    }
    throw value
        .span()
        .error(
            what + ": expected balanced, or a number for each class as in (1, 2), found " + value);
  }

  /// As an argument of a call.
  CallValue toValue() {
    if (none()) {
      return new CallValue.Constant(CallValue.Constant.Kind.NONE, Span.none());
    }
    return balanced
        ? new CallValue.Word("balanced", Span.none())
        : new CallValue.Tuple(
            values.stream().<CallValue>map(CallValue.Numeral::of).toList(), Span.none());
  }

  /// `none`, `balanced`, or the numbers: `(1, 2, 0.5)`.
  @Override
  public String toString() {
    return toValue().toString();
  }
}
