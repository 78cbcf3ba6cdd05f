package dev.thalweg.nn;

import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.function.BiFunction;

/// A layer as it is described, without weights: an immutable value that can be built into any
/// number of networks. Shapes are those of one sample, without the batch dimension.
///
/// Layers nest: a [Sequential], a [Residual] or a [Parallel] is one too.
public interface Layer {

  /// The shape of a sample after this layer.
  ///
  /// @throws IllegalArgumentException if the layer can't take such a sample
  Shape output(Shape input);

  /// Makes the weights and the function. What it asks the builder for is all there is to know of a
  /// layer: its parameters, their names and their number follow from it.
  Block build(Shape input, Builder builder);

  /// This layer with another penalty on its weights, those of the layers within included; itself
  /// where it has none.
  default Layer withPenalty(Penalty penalty) {
    NotNull.check(penalty, "penalty");
    return this;
  }

  /// This layer with its weights drawn in another way, those of the layers within included; itself
  /// where it has none.
  default Layer withInitializer(Initializer initializer) {
    NotNull.check(initializer, "initializer");
    return this;
  }

  /// Whether what comes of a row in training depends on the other rows of its batch, as with
  /// [BatchNorm].
  default boolean mixesRows() {
    return false;
  }

  /// Whether sequences may be of any length, whatever the layer was built for: whether its function
  /// is the same for another number of steps, the first dimension of a sample. No unless it says
  /// so.
  ///
  /// @param input what the layer was built for
  default boolean anyLength(Shape input) {
    NotNull.check(input, "input");
    return false;
  }

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
