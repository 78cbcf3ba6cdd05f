package dev.thalweg.nn;

import dev.thalweg.tensor.Tensor;
import java.util.function.BinaryOperator;

/// A loss that a user wrote as its terms.
record CustomLoss(String name, BinaryOperator<Tensor> function) implements TermLoss {

  @Override
  public Tensor terms(Tensor prediction, Tensor target) {
    return function.apply(prediction, target);
  }

  @Override
  public String toString() {
    return name;
  }
}
