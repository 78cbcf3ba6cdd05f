package dev.thalweg.optim;

/// What a schedule does after its last step.
public enum PastEnd {
  /// It keeps its last value. Optax, Keras.
  HOLD,

  /// It goes the same way back, and so on, as the cosine does by itself. PyTorch's
  /// `CosineAnnealingLR`, which rises again after `T_max`.
  MIRROR
}
