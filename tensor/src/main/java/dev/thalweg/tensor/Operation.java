package dev.thalweg.tensor;

import org.jspecify.annotations.Nullable;

/// How a tensor was made: the inputs of the operation, and its vector-Jacobian product.
///
/// The products are made of tensor operations, so that they can be differentiated in turn.
abstract class Operation {

  final Tensor[] inputs;

  Operation(Tensor... inputs) {
    this.inputs = inputs;
  }

  /// What the gradient with respect to the result is before the products are taken: a matrix
  /// product computes with no numbers that are too small to matter.
  Tensor arriving(Tensor gradient) {
    return gradient;
  }

  /// The gradient of a scalar with respect to one input, of that input's shape.
  ///
  /// @param input which input
  /// @param output the result of the operation
  /// @param gradient the scalar's gradient with respect to the result, of the result's shape
  /// @return null where the derivative is zero everywhere
  abstract @Nullable Tensor product(int input, Tensor output, Tensor gradient);
}
