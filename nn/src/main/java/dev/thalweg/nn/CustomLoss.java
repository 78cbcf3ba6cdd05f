package dev.thalweg.nn;

import dev.thalweg.tensor.Tensor;
import java.util.function.BinaryOperator;

/// A loss that a user wrote as its terms.
record CustomLoss(String name, BinaryOperator<Tensor> function) implements TermLoss {

  @Override
  public Tensor terms(Tensor prediction, Tensor target) {
    Tensor terms = function.apply(prediction, target);
    if (terms == null) {
      throw new IllegalStateException("loss %s: expected a tensor, was given null".formatted(name));
    }
    return terms;
  }

  @Override
  public String toString() {
    return name;
  }
}
