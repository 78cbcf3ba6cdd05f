package dev.thalweg.nn;

import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// A fully connected layer, y = f(x W + b): x n×i, W i×o, b o.
///
/// The bias begins at 0, W as `initializer` says.
///
/// @param units o
/// @param activation f
/// @param initializer how W is drawn; by default the activation's own
public record Dense(int units, Activation activation, Initializer initializer) implements Layer {

  /// Checks the number of units.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public Dense {
    if (units < 1) {
      throw new IllegalArgumentException("dense: units must be at least 1, found " + units);
    }
  }

  /// This layer with weights drawn in another way.
  public Dense withInitializer(Initializer other) {
    return new Dense(units, activation, other);
  }

  @Override
  public Shape output(Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          "dense: expected one dimension of features, found "
              + input
              + "; put flatten() before it");
    }
    return Shape.of(units);
  }

  @Override
  public long parameterCount(Shape input) {
    return (input.size() + 1L) * units;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int features = input.dimension(0);
    Tensor weights =
        builder.parameter("weight", Shape.of(features, units), initializer, features, units);
    Tensor bias = builder.parameter("bias", Shape.of(units), Initializer.ZEROS, features, units);
    return (x, pass) -> activation.apply(x.linear(weights, bias));
  }

  /// `dense(64, relu)`; the activation is left out where it is linear, the initializer where it is
  /// the activation's own.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("dense(").append(units);
    if (activation != Activation.LINEAR) {
      text.append(", ").append(activation);
    }
    if (initializer != activation.initializer()) {
      text.append(", initializer=").append(initializer);
    }
    return text.append(')').toString();
  }
}
