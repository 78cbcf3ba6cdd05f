package dev.thalweg.nn;

import dev.thalweg.kernels.DType;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// What losses make of targets and of weights before they compute: tensors without history, with
/// arrays of the step.
final class Constants {

  private Constants() {}

  static void set(Tensor tensor, int index, double value) {
    if (tensor.dtype() == DType.F32) {
      tensor.floats()[index] = (float) value;
    } else {
      tensor.doubles()[index] = value;
    }
  }

  /// Refuses what can't be weights of samples.
  ///
  /// @throws IllegalArgumentException if there are not as many as samples, or one is negative or
  ///   not finite
  static void checkWeights(Tensor weights, int samples) {
    if (weights.size() != samples) {
      throw new IllegalArgumentException(
          "weights: expected one for each of " + samples + " samples, found " + weights.size());
    }
    for (int i = 0; i < samples; i++) {
      double weight = weights.element(i);
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weights: expected finite numbers of at least 0, found " + weight + " at sample " + i);
      }
    }
  }

  /// A fresh matrix with a distribution over the classes for each row of logits: the targets
  /// themselves, or 1 at each class index.
  ///
  /// @param loss for messages
  /// @throws IllegalArgumentException if there is not one for each row, or an index is no class
  static Tensor distributions(String loss, Tensor logits, Tensor target) {
    Shape shape = logits.shape();
    if (shape.rank() != 2) {
      throw new IllegalArgumentException(
          loss + ": expected predictions of rows and classes, found shape " + shape);
    }
    int rows = shape.dimension(0);
    int classes = shape.dimension(1);
    Tensor result = Tensor.zeros(logits.dtype(), shape);
    if (target.shape().rank() == 1) {
      if (target.size() != rows) {
        throw new IllegalArgumentException(
            loss
                + ": expected a class for each of "
                + rows
                + " rows of predictions, found "
                + target.size());
      }
      for (int i = 0; i < rows; i++) {
        set(result, i * classes + classIndex(loss, target.element(i), classes, i), 1);
      }
      return result;
    }
    TermLoss.checkShapes(loss, logits, target);
    for (int i = 0; i < target.size(); i++) {
      set(result, i, target.element(i));
    }
    return result;
  }

  private static int classIndex(String loss, double value, int classes, int row) {
    int index = (int) value;
    if (index != value || index < 0 || index >= classes) {
      throw new IllegalArgumentException(
          loss
              + ": expected a class of 0 to "
              + (classes - 1)
              + ", found "
              + value
              + " in row "
              + row);
    }
    return index;
  }

  /// A fresh tensor of the predictions' shape with numbers made of the targets, which are of that
  /// shape, or a vector where a prediction is one number.
  static Tensor binary(String loss, Tensor prediction, Tensor target, Reading reading) {
    boolean column =
        target.shape().rank() == 1
            && prediction.shape().rank() == 2
            && prediction.shape().dimension(1) == 1
            && prediction.size() == target.size();
    if (!column) {
      TermLoss.checkShapes(loss, prediction, target);
    }
    Tensor result = Tensor.zeros(prediction.dtype(), prediction.shape());
    for (int i = 0; i < target.size(); i++) {
      set(result, i, reading.of(target.element(i), i));
    }
    return result;
  }

  /// What a target means to a loss.
  interface Reading {
    /// @throws IllegalArgumentException if it can't be one
    double of(double target, int index);
  }
}
