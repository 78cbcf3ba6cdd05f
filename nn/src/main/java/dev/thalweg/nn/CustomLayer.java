package dev.thalweg.nn;

import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.function.BiFunction;

/// A layer without weights that a user wrote as a function.
record CustomLayer(String name, BiFunction<Tensor, Boolean, Tensor> function) implements Layer {

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
    return (x, pass) -> function.apply(x, pass.training());
  }

  @Override
  public String toString() {
    return name;
  }
}
