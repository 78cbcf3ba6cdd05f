package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// Data as the tensors that networks and losses take.
final class Batches {

  private Batches() {}

  /// Features, n×features, on this array.
  static Tensor features(Dataset data, float[] x, int n) {
    return Tensor.wrap(Shape.of(n, data.features()), x);
  }

  /// Class indices, a vector of n, or numbers to predict, n×1, on this array.
  static Tensor targets(Dataset data, float[] y, int n) {
    return Tensor.wrap(data.task() == Task.CLASSIFICATION ? Shape.of(n) : Shape.of(n, 1), y);
  }
}
