package dev.thalweg.nn;

import dev.thalweg.tensor.Shape;

/// An activation as a layer of its own: `relu()`, `elu(0.5)`, `activation('x * sigmoid(x)')`.
record ActivationLayer(Activation activation) implements Layer {

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public boolean anyLength(Shape input) {
    return true;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    return (x, pass) -> activation.apply(x);
  }

  @Override
  public String toString() {
    String text = activation.toString();
    if (text.startsWith("'")) {
      return "activation(" + text + ")";
    }
    return text.endsWith(")") ? text : text + "()";
  }
}
