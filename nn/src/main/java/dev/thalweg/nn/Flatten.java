package dev.thalweg.nn;

import dev.thalweg.tensor.Shape;

/// Puts all dimensions of a sample into one: 28×28 becomes 784.
public record Flatten() implements Layer {

  @Override
  public Shape output(Shape input) {
    return Shape.of(input.size());
  }

  @Override
  public Block build(Shape input, Builder builder) {
    return (x, pass) -> x.flatten();
  }

  @Override
  public String toString() {
    return "flatten()";
  }
}
