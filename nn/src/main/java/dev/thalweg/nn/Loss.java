package dev.thalweg.nn;

import dev.thalweg.tensor.Tensor;

/// How far predictions are from targets: a scalar, to be made small.
///
/// ```java
/// Loss quartic = (prediction, target) -> prediction.minus(target).pow(4).mean();
/// ```
@FunctionalInterface
public interface Loss {

  /// The loss of a batch.
  ///
  /// @param prediction what the network gave, batch dimension first
  /// @param target of the prediction's shape; for classes also a vector of class indices
  /// @return a scalar
  Tensor of(Tensor prediction, Tensor target);
}
