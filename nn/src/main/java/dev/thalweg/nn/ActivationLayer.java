package dev.thalweg.nn;

import dev.thalweg.tensor.Shape;

/// An activation as a layer of its own: `relu()`.
record ActivationLayer(Activation activation) implements Layer {

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    return (x, pass) -> activation.apply(x);
  }

  @Override
  public String toString() {
    return activation + "()";
  }
}
