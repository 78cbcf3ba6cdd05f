package dev.thalweg.optim;

/// What a training is judged by.
public enum Figure {
  /// The loss, which is to be small.
  LOSS,
  /// Accuracy, R², which is to be large.
  SCORE
}
