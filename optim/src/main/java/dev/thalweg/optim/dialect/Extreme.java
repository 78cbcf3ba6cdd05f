package dev.thalweg.optim.dialect;

/// Which figures are better, as PyTorch's and Keras' `mode` has it.
public enum Extreme {
  /// Smaller ones.
  MIN,
  /// Larger ones.
  MAX,
  /// Keras: larger ones of an accuracy, smaller ones of all else.
  AUTO
}
