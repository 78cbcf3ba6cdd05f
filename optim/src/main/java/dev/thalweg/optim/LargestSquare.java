package dev.thalweg.optim;

/// Of which averages of squares AMSGrad keeps the largest.
public enum LargestSquare {
  /// Of the averages as they are, and no average is corrected for its beginning at 0: Reddi, Kale
  /// and Kumar 2018, algorithm 2.
  UNCORRECTED,
  /// Of the averages as they are, the largest then corrected as Adam's: PyTorch, Keras.
  THEN_CORRECTED,
  /// Of the corrected averages: Optax.
  CORRECTED
}
