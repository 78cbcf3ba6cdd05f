package dev.thalweg.optim;

/// The norm of a matrix in whose ball [Scion][dev.thalweg.optim.rule.Scion] takes its steps.
public enum OperatorNorm {
  /// From the root of the mean of squares to the same: √(rows / columns) times the largest singular
  /// value.
  SPECTRAL,
  /// From a sum of magnitudes to the largest number: rows times the largest entry.
  SIGN
}
