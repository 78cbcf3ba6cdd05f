package dev.thalweg.nn;

import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.function.BiFunction;

/// A layer as it is described, without weights: an immutable value that can be built into any
/// number of networks. Shapes are those of one sample, without the batch dimension.
public interface Layer {

  /// The shape of a sample after this layer.
  ///
  /// @throws IllegalArgumentException if the layer can't take such a sample
  Shape output(Shape input);

  /// How many weights the layer has: what reading a model compares with the file of its weights
  /// before anything is allocated.
  default long parameterCount(Shape input) {
    NotNull.check(input, "input");
    return 0;
  }

  /// Makes the weights and the function.
  Block build(Shape input, Builder builder);

  /// The layer as it is written in a model text, such as `dense(64, relu)`; what reads back.
  @Override
  String toString();

  /// A layer of your own that has no weights and keeps the shape.
  ///
  /// @param function of the batch and whether the network is in training
  static Layer of(String name, BiFunction<Tensor, Boolean, Tensor> function) {
    NotNull.check(name, "name");
    NotNull.check(function, "function");
    return new CustomLayer(name, function);
  }

  /// A built layer: a function of a batch.
  @FunctionalInterface
  interface Block {
    /// The batch after this layer.
    ///
    /// @param x batch dimension first
    Tensor apply(Tensor x, Pass pass);
  }
}
