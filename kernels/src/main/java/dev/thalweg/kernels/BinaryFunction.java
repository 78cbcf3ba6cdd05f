package dev.thalweg.kernels;

/// Functions of two numbers that kernels map over pairs of arrays. Each is the IEEE operation, or
/// `Math.max`, `Math.min`.
public enum BinaryFunction {
  /// x + y
  ADD,
  /// x − y
  SUBTRACT,
  /// x y
  MULTIPLY,
  /// x / y
  DIVIDE,
  /// The larger; NaN if either is
  MAXIMUM,
  /// The smaller; NaN if either is
  MINIMUM
}
