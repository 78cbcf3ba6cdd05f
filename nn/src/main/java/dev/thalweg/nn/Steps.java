package dev.thalweg.nn;

import dev.thalweg.tensor.Shape;

/// What layers of sequences ask of shapes.
final class Steps {

  private Steps() {}

  /// A sample of steps of features.
  ///
  /// @throws IllegalArgumentException if it is something else
  static Shape check(String layer, Shape input) {
    if (input.rank() != 2 || input.dimension(1) == 0) {
      throw new IllegalArgumentException(
          "%s: expected steps of features, such as [128, 64], found %s%s"
              .formatted(
                  layer, input, input.rank() == 1 ? "; tokens need embedding(…) before it" : ""));
    }
    return input;
  }
}
