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

  /// How the losses of single samples make the loss of a batch; a mean unless it says otherwise. An
  /// evaluation in parts needs to know.
  default Reduction reduction() {
    return Reduction.MEAN;
  }

  /// How the losses of single samples make the loss of a batch.
  enum Reduction {
    /// Their mean.
    MEAN,
    /// Their sum.
    SUM
  }
}
