package dev.thalweg.formats;

import java.util.Arrays;

/// How many numbers a shape has.
final class Shapes {

  private Shapes() {}

  /// The product of the sizes; 1 for a scalar.
  ///
  /// @throws IllegalArgumentException if a size is negative or the product is beyond int
  static int size(int[] shape) {
    long size = 1;
    boolean empty = false;
    for (int length : shape) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "shape %s: expected sizes of at least 0, found %d"
                .formatted(Arrays.toString(shape), length));
      }
      empty |= length == 0;
    }
    for (int i = 0; i < shape.length && !empty; i++) {
      size *= shape[i];
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape %s: expected at most %d numbers"
                .formatted(Arrays.toString(shape), Integer.MAX_VALUE));
      }
    }
    return empty ? 0 : (int) size;
  }
}
