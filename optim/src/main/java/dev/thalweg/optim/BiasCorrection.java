package dev.thalweg.optim;

/// Whether averages that begin at 0 are divided by the weight they have seen, 1 − βᵗ.
public enum BiasCorrection {
  /// All of them.
  BOTH,
  /// The average of the gradients only.
  FIRST,
  /// The average of the squares only.
  SECOND,
  /// None.
  NONE;

  /// Whether the average of the gradients is.
  public boolean ofFirst() {
    return this == BOTH || this == FIRST;
  }

  /// Whether the average of the squares is.
  public boolean ofSecond() {
    return this == BOTH || this == SECOND;
  }
}
