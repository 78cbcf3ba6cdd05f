package dev.thalweg.tensor;

/// Which gradients an operation is asked for, and who takes them: see [Operation#backward].
public sealed interface Wanted permits Backward, Fused.Remembered {

  /// Whether the gradient by input number i is wanted: the input leads to something that is
  /// differentiated by.
  boolean wants(int input);

  /// Adds a gradient by input number i, of that input's shape and precision, to those that others
  /// have given for the same tensor, in the order in which they come; nothing happens where it is
  /// not wanted. The tensor must not be written to afterwards.
  ///
  /// @throws IllegalArgumentException if shape or precision are not the input's
  void add(int input, Tensor part);
}
