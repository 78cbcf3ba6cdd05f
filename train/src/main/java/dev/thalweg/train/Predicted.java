package dev.thalweg.train;

/// What a network says of something, before it is told: numbers that are no numbers are refused, as
/// where a model's weights, or the features that it is given, are beyond what floats can hold.
final class Predicted {

  private Predicted() {}

  /// @throws RunException if one is not finite
  static double[] finite(double... values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw refused(value);
      }
    }
    return values;
  }

  /// The same of outputs as they come.
  ///
  /// @throws RunException if one is not finite
  static float[] finite(float[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (!Float.isFinite(values[i])) {
        throw refused(values[i]);
      }
    }
    return values;
  }

  private static RunException refused(double value) {
    return new RunException(
        "predict: expected finite numbers, found %s: the features, or the weights and scales of the model, are too large"
            .formatted(value));
  }
}
