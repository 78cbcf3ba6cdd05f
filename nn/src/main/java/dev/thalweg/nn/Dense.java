package dev.thalweg.nn;

import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// A fully connected layer, y = f(x W + b): x n×i, W i×o, b o.
///
/// @param units o
/// @param activation f
/// @param initializer how W is drawn; by default the activation's own
/// @param biasInitializer how b is drawn; by default 0
/// @param penalty what keeps W small; by default nothing
public record Dense(
    int units,
    Activation activation,
    Initializer initializer,
    Initializer biasInitializer,
    Penalty penalty)
    implements Layer {

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
    return new Dense(units, activation, other, biasInitializer, penalty);
  }

  /// This layer with biases drawn in another way.
  public Dense withBiasInitializer(Initializer other) {
    return new Dense(units, activation, initializer, other, penalty);
  }

  /// This layer with another penalty on its weights.
  public Dense withPenalty(Penalty other) {
    return new Dense(units, activation, initializer, biasInitializer, other);
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
        builder.parameter(
            "weight", Shape.of(features, units), initializer, features, units, penalty);
    Tensor bias = builder.parameter("bias", Shape.of(units), biasInitializer, features, units);
    return (x, pass) -> activation.apply(x.linear(weights, bias));
  }

  /// `dense(64, relu)`; the activation is left out where it is linear, the initializer where it is
  /// the activation's own, the bias where it begins at 0.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("dense(").append(units);
    if (!activation.equals(Activation.LINEAR)) {
      text.append(", ").append(activation);
    }
    if (!initializer.equals(activation.initializer())) {
      text.append(", initializer=").append(initializer);
    }
    if (!biasInitializer.equals(Initializer.ZEROS)) {
      text.append(", bias=").append(biasInitializer);
    }
    if (!penalty.equals(Penalty.NONE)) {
      text.append(", ").append(penalty);
    }
    return text.append(')').toString();
  }
}
